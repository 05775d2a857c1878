"""Filled sheets to a folder of csv."""

from collections.abc import Iterable

from compgraph.exchange.spreadsheets.grids.csv_files import csv_bytes
from compgraph.exchange.spreadsheets.guide import read_me_text
from compgraph.exchange.spreadsheets.tables import Table


def folder_files(tables: Iterable[Table]) -> dict[str, bytes]:
    """The files of a folder: a csv for each sheet, and one that explains them."""
    files = {table.sheet.file: csv_bytes([[heading for heading, _ in table.headings], *table.rows]) for table in tables}
    return {**files, "README.md": read_me_text().encode()}
