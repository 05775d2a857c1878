"""How much one request may ask for."""

from typing import NamedTuple


class Limits(NamedTuple):
    """What holds for each request; the defaults suit a public server on a small machine."""

    seconds: float = 30.0
    """that a query may take"""
    rows: int = 10_000
    """that an answer may have, of solutions or of triples"""
    memory: int = 2 * 2**30
    """bytes of address space that the process of a query may take"""
    processes: int = 8
    """that may answer ad hoc queries at a time; the canned questions have as many again"""
    answer_bytes: int = 2**25
    """that an answer may come to"""
    query_bytes: int = 100_000
    """that a query may be long"""
    document_bytes: int = 2_000_000
    """that a document to be validated may be long"""
    value_length: int = 500
    """characters that a name or a parameter of a question may have"""
    batch: int = 200
    """names, or things, that one request for reconciliation may ask about"""
    batch_bytes: int = 1_000_000
    """that such a request may be long"""
    reconciliations: int = 4
    """such requests that may be worked on at a time"""
    validation_seconds: float = 120.0
    """that the validation of a document may take"""
    validations: int = 2
    """that may run at a time"""
    waiting_seconds: float = 15.0
    """that a client may take to send its request, or to take in some of the answer"""
    connections: int = 1_000
    """that may be open at a time"""
