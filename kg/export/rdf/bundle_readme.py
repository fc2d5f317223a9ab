"""The README of a bundle: what is in it, and how to load it."""

from __future__ import annotations

from kg.export.rdf.iris import Iris
from kg.export.rdf.queries import QUERIES, needs_evidence, question

_TEXT = """\
# Papers and what they are about, as RDF

| file | what it is |
| --- | --- |
| `{plain}` | the plain profile, {plain_count:,} triples: papers, concepts \
and the direct triples between them |
| `{evidence}` | the evidence profile, {evidence_count:,} triples: \
the plain ones, and for each link and relation its confidence, support and sentences, for each mention \
a Web Annotation |
| `ontology.ttl` | the vocabulary, namespace `https://w3id.org/paperkg/ontology#` |
| `shapes.ttl` | what the data satisfy (SHACL) |
| `void.ttl` | the description of the dataset, with counts (VoID) |
| `context.jsonld`, `prefixes.ttl` | the JSON-LD context and the prefixes |
| `queries/` | queries to begin with |

The two profiles have the same IRIs, below `{base}`, and the evidence file repeats the plain one: load
`{plain}` for the simple questions, `{evidence}` for the careful ones too, or both into one store. All
data files were read back by two parsers, which found the counts above.

## Loading

Run these in this folder.

Virtuoso 7 (name this folder in `DirsAllowed` of `virtuoso.ini`):

    isql-vt 1111 dba dba exec="ld_dir('$PWD/data', '{evidence_name}', '{graph}'); \
rdf_loader_run(); checkpoint;"
    isql-vt 1111 dba dba exec="ld_dir('$PWD', 'ontology.ttl', '{graph}'); rdf_loader_run(); checkpoint;"

Oxigraph:

    oxigraph load --location store --file {evidence} --file ontology.ttl
    oxigraph serve --location store

Jena Fuseki (TDB2):

    tdb2.tdbloader --loc store {evidence} ontology.ttl
    fuseki-server --loc store /papers

GraphDB (with a repository called `papers`):

    curl -X POST -H 'Content-Type: {media}' -H 'Content-Encoding: gzip' --data-binary @{evidence} \\
        http://localhost:7200/repositories/papers/statements

RDF4J Server (the same, at its own address):

    curl -X POST -H 'Content-Type: {media}' -H 'Content-Encoding: gzip' --data-binary @{evidence} \\
        http://localhost:8080/rdf4j-server/repositories/papers/statements

Blazegraph:

    curl -X POST -H 'Content-Type: {media}' -H 'Content-Encoding: gzip' --data-binary @{evidence} \\
        http://localhost:9999/blazegraph/namespace/kb/sparql

## Queries

| query | what it answers | profile |
| --- | --- | --- |
{queries}
"""


def readme(iris: Iris, dumps: dict[str, str], triples: dict[str, int]) -> str:
    """Text of the README.

    Parameters
    ----------
    iris : Iris
        The rule for IRIs.
    dumps : dict
        Data file by profile, relative to the folder.
    triples : dict
        Number of triples by profile.
    """
    evidence = dumps["evidence"]
    text = _TEXT.format(
        plain=dumps["plain"],
        plain_count=triples["plain"],
        evidence=evidence,
        evidence_name=evidence.rpartition("/")[2],
        evidence_count=triples["evidence"],
        base=iris.base,
        graph=iris.dataset(),
        media="text/turtle" if ".ttl" in evidence else "application/n-triples",
        queries="\n".join(
            f"| `queries/{name}.rq` | {question(name)} | {'evidence' if needs_evidence(name) else 'both'} |"
            for name in QUERIES
        ),
    )
    return text if evidence.endswith(".gz") else text.replace(" -H 'Content-Encoding: gzip'", "")
