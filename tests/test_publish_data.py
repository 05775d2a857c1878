"""What is published beside the pages: whole, the same each time, under any base, without what is restricted."""

import csv
import gzip
import json
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from compgraph import load
from compgraph.errors import FileError
from compgraph.exchange import contents
from compgraph.load import read_mappings, to_rdflib
from compgraph.publish import Published
from compgraph.publish.bases import rebased
from compgraph.publish.datasets import Dataset, datasets
from compgraph.publish.dumps import compressed
from compgraph.publish.outputs import Outputs, data_outputs, material
from compgraph.publish.selection import selection
from compgraph.publish.servers import SiteRules, Withdrawn, read_withdrawn
from compgraph.publish.sitemap import sitemap
from compgraph.terms import BASE, DCTERMS, ID, RDF_TYPE
from compgraph.workspace import Workspace, find

ODD = Path(__file__).parent / "publish/odd"
OTHER = "https://example.org/competencies/"
DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
SPDX = "http://spdx.org/rdf/terms#"
Index = dict[tuple[str, str], list[str]]


def made(workspace: Workspace, base: str = BASE) -> Outputs:
    """The outputs of a workspace, with a page for each subject."""
    documents = list(load.documents(workspace))
    subjects = {t.subject.value for d in documents for t in d.triples if isinstance(t.subject, ox.NamedNode)}
    pages = {iri: f"{iri.replace(ID, 'doc/')}.html" for iri in subjects if iri.startswith(ID)}
    rules = SiteRules(base=base, withdrawn=read_withdrawn(workspace), version="0.1.0")
    chosen = selection(documents)
    return data_outputs(material(workspace, chosen, chosen.under(base)), pages, rules)


@pytest.fixture(scope="module")
def own(published: tuple[Path, Published]) -> Mapping[str, bytes]:
    folder, done = published
    assert done.left_out == ()
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    beside = {path.relative_to(folder).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in beside.items() if not name.startswith(("doc/", "source/"))}


@pytest.fixture(scope="module")
def moved() -> Mapping[str, bytes]:
    return made(find(), OTHER).files


@pytest.fixture(scope="module")
def odd() -> Mapping[str, bytes]:
    return made(find(ODD, bundled=False)).files


def triples(files: Mapping[str, bytes], path: str) -> set[ox.Triple]:
    form = {"ttl": ox.RdfFormat.TURTLE, "nq": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}
    return {quad.triple for quad in ox.parse(files[path], format=form[path.rpartition(".")[2]])}


def of(found: set[ox.Triple] | Index, subject: str, relation: str) -> list[str]:
    """The values of a relation of a subject, sorted."""
    return sorted((found if isinstance(found, dict) else index(found)).get((subject, relation), []))


def index(found: set[ox.Triple]) -> Index:
    """The values by subject and relation."""
    values: Index = {}
    for triple in found:
        if isinstance(triple.subject, ox.NamedNode) and not isinstance(triple.object, ox.Triple):
            values.setdefault((triple.subject.value, triple.predicate.value), []).append(triple.object.value)
    return values


def canonical(found: set[ox.Triple]) -> set[ox.Quad]:
    """The triples with blank nodes named by what is said of them, so that sets can be compared."""
    if not any(isinstance(term, ox.BlankNode) for t in found for term in (t.subject, t.object)):
        return {ox.Quad(t.subject, t.predicate, t.object) for t in found}
    held = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in found)
    held.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(held)


def test_the_dump_is_what_the_files_state(own: Mapping[str, bytes]) -> None:
    stated = {triple for document in load.documents(find()) for triple in document.triples}
    for ending in ("ttl", "nq", "jsonld"):
        assert canonical(triples(own, f"dumps/all.{ending}")) == canonical(stated), ending


def test_the_parts_are_the_whole(own: Mapping[str, bytes]) -> None:
    whole = own["dumps/all.nq"].decode().splitlines()
    parts = [path for path in own if re.fullmatch(r"dumps/[^/]+\.nq", path) and path != "dumps/all.nq"]
    lines = [line for path in parts for line in own[path].decode().splitlines()]
    assert sorted(lines) == sorted(whole)
    assert len(parts) == 1 + 5 + 11  # the ontology, the frameworks, the mapping sets


def test_every_format_of_a_dump_says_the_same(own: Mapping[str, bytes]) -> None:
    for path in sorted(path for path in own if path.startswith("dumps/") and path.endswith(".nq")):
        stated = canonical(triples(own, path))
        for ending in ("ttl", "jsonld"):
            assert canonical(triples(own, path.removesuffix("nq") + ending)) == stated, (path, ending)


def test_literals_stay_as_they_are_written(odd: Mapping[str, bytes]) -> None:
    """A store would write 0.5."""
    assert b'"0.50"^^' in odd["dumps/all.nq"]
    assert b"sssom:confidence 0.50 ;" in odd["dumps/all.ttl"]
    assert b'"0.50"' in odd["dumps/all.jsonld"]


def test_checksums_and_compression(own: Mapping[str, bytes]) -> None:
    lines = [line.split("  ") for line in own["dumps/SHA256SUMS"].decode().splitlines()]
    sums = {name: digest for digest, name in lines}
    dumps = {path.removeprefix("dumps/"): content for path, content in own.items() if path.startswith("dumps/")}
    assert sums == {name: sha256(content).hexdigest() for name, content in dumps.items() if name != "SHA256SUMS"}
    packed = [name for name in dumps if name.endswith(".gz")]
    assert packed
    for name in packed:
        assert gzip.decompress(dumps[name]) == dumps[name.removesuffix(".gz")]
        assert dumps[name][4:8] == bytes(4)  # RFC 1952: no time


def test_compression_has_no_time() -> None:
    assert compressed(b"x" * 100) == compressed(b"x" * 100)


@pytest.mark.parametrize("name", [path.name.removesuffix(".sssom.tsv") for path in find().mappings()])
def test_sssom_tables_are_the_files(own: Mapping[str, bytes], name: str) -> None:
    path = next(path for path in find().mappings() if path.name == f"{name}.sssom.tsv")
    assert own[f"dumps/{name}.sssom.tsv"] == path.read_bytes()


def test_another_base_moves_our_identifiers_and_nothing_else(
    own: Mapping[str, bytes], moved: Mapping[str, bytes]
) -> None:
    """In RDF, term by term: what begins with id/ or doc/ of ours, literals never."""
    for path in sorted(path for path in own if path.startswith("dumps/") and path.endswith((".nq", ".skos.ttl"))):
        expected = {rebased(triple, OTHER) for triple in triples(own, path)}
        assert canonical(triples(moved, path)) == canonical(expected), path
    for path in (path for path in moved if path.startswith("dumps/") and path.endswith((".nq", ".tsv"))):
        assert f"{BASE}id/".encode() not in moved[path], path


def test_another_base_in_case(own: Mapping[str, bytes], moved: Mapping[str, bytes]) -> None:
    """The same objects with the same identifiers; their addresses move."""
    paths = [path for path in own if path.startswith("ims/case/") or (".case-1" in path and path.endswith(".json"))]
    assert paths and set(paths) <= moved.keys()
    for path in paths:
        text = own[path].decode()
        for start in ("id/", "ims/case/"):
            text = text.replace(f'"{BASE}{start}', f'"{OTHER}{start}')
        assert moved[path].decode() == text, path


def test_another_base_in_ctdl_asn(own: Mapping[str, bytes], moved: Mapping[str, bytes]) -> None:
    for name in ("california", "it-services"):
        text = own[f"dumps/{name}.ctdl-asn.json"].decode().replace(f'"{ID}', f'"{OTHER}id/')
        assert json.loads(moved[f"dumps/{name}.ctdl-asn.json"]) == json.loads(text)


def test_another_base_in_sssom(moved: Mapping[str, bytes], tmp_path: Path) -> None:
    """The moved table, read again, states the moved triples."""
    for path in find().mappings():
        table = tmp_path / path.name
        table.write_bytes(moved[f"dumps/{path.name}"])
        expected = {rebased(triple, OTHER) for triple in read_mappings(path).triples()}
        assert set(read_mappings(table).triples()) == expected


def test_odd_prefixes_follow_the_base(tmp_path: Path) -> None:
    """A CURIE whose prefix is longer or shorter than our base, or known everywhere, is no way round it."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a--b.sssom.tsv").write_text(
        "#mapping_set_id: https://w3id.org/compgraph/id/mappings/a--b\n#license: https://example.org/licence\n"
        "#curie_map:\n#  all: https://w3id.org/compgraph/\n#  other: https://example.org/id/\n"
        "#mapping_set_source: [https://w3id.org/compgraph/id/mappings/c--d, 'other:set']\n#creator_id: id:a/me\n"
        "record_id\tsubject_id\tpredicate_id\tobject_id\tmapping_justification\n"
        "all:id/mappings/a--b/1\tid:a/x\tskos:closeMatch\tother:b\tsemapv:ManualMappingCuration\n"
        "https://w3id.org/compgraph/id/mappings/a--b/2\tall:ns#x\tskos:closeMatch\tid:a/y\tsemapv:ManualMappingCuration\n",
        encoding="utf-8",
    )
    table = tmp_path / "moved.sssom.tsv"
    table.write_bytes(made(find(tmp_path, bundled=False), OTHER).files["dumps/a--b.sssom.tsv"])
    again = set(read_mappings(table).triples())
    assert again == {rebased(t, OTHER) for t in read_mappings(folder / "a--b.sssom.tsv").triples()}
    assert ox.NamedNode(BASE + "ns#x") in {t.subject for t in again}


def test_restricted_frameworks_are_nowhere(odd: Mapping[str, bytes]) -> None:
    for path, content in odd.items():
        plain = gzip.decompress(content) if path.endswith(".gz") else content
        assert b"Xyzzyx" not in plain, path
        assert b"Not for everybody" not in plain, path
    assert "dumps/secret.ttl" not in odd
    assert "dumps/secret.case-1.1.json" not in odd


def test_what_a_format_asks_for_and_is_not_there_is_named() -> None:
    done = made(find(ODD, bundled=False))
    assert [line.partition(":")[0] for line in done.left_out] == ["odd is not there in ctdl-asn"]
    assert "compgraph ctids" in done.left_out[0]


def test_void_counts(own: Mapping[str, bytes]) -> None:
    """Each number again, by SPARQL over the dump."""
    said = index(triples(own, "void.ttl"))
    store = ox.Store()
    store.bulk_load(own["dumps/california.nq"], format=ox.RdfFormat.N_QUADS)
    start = f"{ID}california/"
    flat = ox.Store()
    flat.extend(ox.Quad(q.subject, q.predicate, q.object) for q in store)
    california = f"{BASE}void.ttl#california"
    for relation, query in {
        "triples": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
        "entities": f'SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), "{start}")) }}',
        "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }",
        "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s ?p ?o }",
        "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) WHERE { ?s ?p ?o }",
        "classes": "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s a ?o }",
    }.items():
        solutions = flat.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        assert of(said, california, VOID + relation) == [next(solutions)["n"].value], relation
    parts = of(said, california, VOID + "propertyPartition")
    assert sum(int(of(said, part, VOID + "triples")[0]) for part in parts) == int(
        of(said, california, VOID + "triples")[0]
    )
    assert own["void.ttl"] == own[".well-known/void"]


def test_linksets_name_their_ends(own: Mapping[str, bytes]) -> None:
    said = triples(own, "void.ttl")
    start = f"{BASE}void.ttl#"
    link = f"{start}california--michigan.links.skos-closeMatch"
    assert of(said, link, VOID + "subjectsTarget") == [f"{start}california"]
    assert of(said, link, VOID + "objectsTarget") == [f"{start}michigan"]
    close = [row for row in _table(own, "california--michigan") if row["predicate_id"] == "skos:closeMatch"]
    found = [row for row in close if "sssom:NoTermFound" not in (row["subject_id"], row["object_id"])]
    assert of(said, link, VOID + "triples") == [str(len({(r["subject_id"], r["object_id"]) for r in found}))]


def _table(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    text = "".join(
        line + "\n" for line in files[f"dumps/{name}.sssom.tsv"].decode().split("\n")[:-1] if not line.startswith("#")
    )
    return list(csv.DictReader(StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_catalogue_states_each_dump(own: Mapping[str, bytes]) -> None:
    said = index(triples(own, "catalog.ttl"))
    catalogue = f"{BASE}catalog.ttl#catalog"
    held = of(said, catalogue, DCAT + "dataset")
    assert len(held) == 1 + 1 + 5 + 11
    stated = set()
    for dataset in held:
        assert of(said, dataset, DCTERMS + "title"), dataset
        assert of(said, dataset, DCTERMS + "license") == ["https://creativecommons.org/licenses/by/4.0/"], dataset
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", of(said, dataset, DCTERMS + "modified")[0])
        for distribution in of(said, dataset, DCAT + "distribution"):
            path = of(said, distribution, DCAT + "downloadURL")[0].removeprefix(BASE)
            stated.add(path)
            assert of(said, distribution, DCAT + "byteSize") == [str(len(own[path]))]
            checksum = of(said, distribution, SPDX + "checksum")[0]
            assert of(said, checksum, SPDX + "checksumValue") == [sha256(own[path]).hexdigest()]
            assert of(said, distribution, DCAT + "mediaType"), path
            assert of(said, distribution, DCTERMS + "license"), path
    assert stated == {path for path in own if path.startswith("dumps/") and path != "dumps/SHA256SUMS"}


def test_descriptions_have_no_blank_nodes(own: Mapping[str, bytes]) -> None:
    for path in ("void.ttl", "catalog.ttl"):
        assert not any(isinstance(t.object, ox.BlankNode) for t in triples(own, path))


def test_losses_lie_beside(own: Mapping[str, bytes]) -> None:
    for name in contents(find()).values():
        for form in ("case-1.0", "case-1.1", "ctdl-asn", "skos"):
            report = own[f"dumps/{name.name}.{form}.losses.tsv"].decode()
            assert report.startswith("kind\trelation\tnumber\treason\n")


def test_case_stands_at_the_paths_of_its_binding(own: Mapping[str, bytes]) -> None:
    for version in ("v1p0", "v1p1"):
        listed = json.loads(own[f"ims/case/{version}/CFDocuments/index.json"])["CFDocuments"]
        assert len(listed) == 5
        for document in listed:
            address = document["CFPackageURI"]["uri"].removeprefix(BASE)
            assert json.loads(own[address])["CFDocument"]["identifier"] == document["identifier"]
            assert f"ims/case/{version}/CFDocuments/{document['identifier']}" in own
    folders = {path.rpartition("/")[0] for path in own}
    assert not folders & own.keys()  # what is a folder is no file


def test_sitemap_dates_are_those_of_the_data(odd: Mapping[str, bytes]) -> None:
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ElementTree.fromstring(odd["sitemap.xml"])
    dates = {url.findtext(f"{name}loc"): url.findtext(f"{name}lastmod") for url in root.iter(f"{name}url")}
    assert dates[f"{BASE}doc/odd/plain.html"] == "2026-02-01"
    assert dates[f"{BASE}doc/odd/level.it.html"] == "2026-03-04"
    assert f"{BASE}doc/odd/old.html" not in dates  # owl:deprecated
    assert any(address and "%C3%BCberblick" in address for address in dates)


def test_a_long_sitemap_is_cut() -> None:
    pages = {f"https://example.org/{number:06}": f"doc/{number:06}.html" for number in range(50_001)}
    files = sitemap(pages, OTHER, {"https://example.org/050000": "2026-01-02"})
    assert sorted(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert files["sitemap-2.xml"].count(b"<url>") == 1
    assert (
        b"<loc>https://example.org/competencies/sitemap-2.xml</loc><lastmod>2026-01-02</lastmod>"
        in files["sitemap.xml"]
    )


def test_citation(own: Mapping[str, bytes]) -> None:
    """The keys that the schema of the Citation File Format 1.2.0 asks for, and the forms of the others."""
    found = yaml.safe_load(own["CITATION.cff"])
    assert {"cff-version", "message", "title", "authors"} <= found.keys()
    assert found["cff-version"] == "1.2.0"
    assert found["type"] == "dataset"
    assert found["license"] == "CC-BY-4.0"
    assert found["authors"] == [{"name": "The compgraph developers"}]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found["date-released"])


def test_one_dataset_for_two_files_of_one_graph_and_two_names_for_two_graphs(tmp_path: Path) -> None:
    triple = ox.Triple(ox.NamedNode("urn:x"), ox.NamedNode(RDF_TYPE), ox.NamedNode("urn:y"))
    found: list[Dataset] = datasets(
        load.Document(tmp_path / name, graph, (triple,), is_ontology=False)
        for name, graph in (("a.ttl", "urn:g:a"), ("b.ttl", "urn:g:a"), ("c.ttl", "urn:h:A"), ("d.ttl", "urn:all"))
    )
    assert [dataset.name for dataset in found] == ["all", "A-2", "a", "all-2"]
    assert [len(dataset.triples) for dataset in found] == [1, 1, 1, 1]


@pytest.mark.needs_rapper
def test_rapper_reads_the_dumps(own: Mapping[str, bytes], tmp_path: Path) -> None:
    numbers = {}
    for ending, form in (("ttl", "turtle"), ("nq", "nquads")):
        path = tmp_path / f"california.{ending}"
        path.write_bytes(own[f"dumps/california.{ending}"])
        done = subprocess.run(["rapper", "-c", "-i", form, str(path)], capture_output=True, text=True, check=True)
        numbers[ending] = re.search(r"returned (\d+) triples", done.stderr)
        assert "Warning" not in done.stderr
        assert "Error" not in done.stderr
    assert {match[1] for match in numbers.values() if match} == {str(len(triples(own, "dumps/california.nq")))}


def test_rdflib_reads_the_descriptions(own: Mapping[str, bytes]) -> None:
    import rdflib
    from rdflib.compare import isomorphic

    for path in ("void.ttl", "catalog.ttl", "dumps/it-services.ttl"):
        graph = rdflib.Graph().parse(data=own[path], format="turtle")
        assert isomorphic(graph, to_rdflib(triples(own, path)))


def test_withdrawn(tmp_path: Path) -> None:
    assert read_withdrawn(find(ODD, bundled=False))[0] == Withdrawn(f"{ID}odd/mistake", "2026-03-01", "given twice")
    assert read_withdrawn(find()) == []
    (tmp_path / "data").mkdir()
    for text, problem in {
        "iri\tday\n": "the first line must be",
        "iri\tdate\treason\nhttps://example.org/x\n": "correct the line",
    }.items():
        (tmp_path / "data/withdrawn.tsv").write_text(text, encoding="utf-8")
        with pytest.raises(FileError, match=problem):
            read_withdrawn(find(tmp_path, bundled=False))
