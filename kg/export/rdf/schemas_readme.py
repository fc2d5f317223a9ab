"""The text of ``schemas/README.md``: the contract in words, and the queries with their answers."""

from __future__ import annotations

from kg.export.rdf.queries import answers
from kg.graph import KnowledgeGraph

_TEXT = """\
# The contract with the outside

| file | what it is |
| --- | --- |
| [`ontology.ttl`](ontology.ttl) | the vocabulary of the RDF exports |
| [`shapes.ttl`](shapes.ttl) | what an export must satisfy (SHACL); `kg validate FILE` runs it |
| [`context.jsonld`](context.jsonld) | the JSON-LD context |
| [`queries/`](queries) | SPARQL queries to begin with; their answers are below |
| [`paper.schema.json`](paper.schema.json) | a record of JSON input (JSON Schema) |

The namespace is `https://w3id.org/paperkg/ontology#`. **It does not resolve yet: whoever publishes data \
registers the redirect at w3id.org first.** Data live under `--base-iri` (`https://example.org/kg/` unless \
you say otherwise): give a place of your own before you publish.

## The two profiles

`plain` holds the direct triples, `evidence` these and what they rest on. Both have the same IRIs; a store \
can hold both files.

| thing | IRI below the base | in the plain profile | in the evidence profile besides |
| --- | --- | --- | --- |
| paper | `paper/ID` | `fabio:ResearchPaper`, `schema:ScholarlyArticle`; `dcterms:title`, `abstract`, \
`date`, `creator`, `source`; `prism:doi`, `fabio:hasArXivId`; `dcterms:subject` and a role (`kg:proposes`, \
`kg:uses`, …) for each concept | |
| concept | `concept/ID` | `skos:Concept` and `kg:Method`, `kg:Task`, `kg:Dataset` or `kg:Metric`; \
`skos:prefLabel`, `skos:altLabel`, `skos:broader`, `skos:related`, `kg:usedFor`, … | `kg:confidence`; \
`skosxl:prefLabel`, `skosxl:altLabel` |
| name of a concept | `alias/CONCEPT/NAME` | | `skosxl:Label`: `kg:rule` that joined it |
| link | `link/PAPER/ROLE/CONCEPT` | | `kg:Link`: `rdf:subject`, `rdf:predicate`, `rdf:object`, \
`kg:confidence`, `kg:salience`, `kg:support`, `prov:wasDerivedFrom` sentences |
| relation | `relation/HEAD/KIND/TAIL` | | `kg:RelationStatement`, likewise |
| sentence | `sentence/PAPER/FIELD/START-END` | | `kg:Sentence`: `rdf:value` is its text |
| mention | `mention/PAPER/FIELD/START-END` | | `oa:Annotation` with `oa:TextPositionSelector` and \
`oa:TextQuoteSelector` |

- Ids in IRIs are percent-encoded UTF-8, all but ASCII letters, digits and `- . _ :`. There are no \
blank nodes.
- Texts are plain strings without language tag: papers do not say their language. Characters that XML cannot \
hold (most control characters) are U+FFFD in every format, one for one, so that offsets still count right.
- Offsets count Unicode code points from 0 in the paper's `dcterms:title` or `dcterms:abstract`.
- Every link is stated twice: as its role, and as `dcterms:subject`, so that "all concepts of a paper" needs \
no inference.
- `skos:broader` is free of cycles: where papers contradict each other, the better supported statement \
stands; the other is in the evidence profile only (`kg:leftOutOfHierarchy`).
- `kg:coOccursWith` is statistical and stated once; `skos:related` repeats it where neither concept is \
broader than the other, as SKOS demands.
- N-Quads and TriG put the profiles into the graphs `graph/plain` and `graph/evidence`.

## The queries, and their answers for the bundled sample

The first rows of each; `kg sparql STORE schemas/queries/NAME.rq` prints them all. This part is made by \
`scripts/make_exports`.

"""


def schemas_readme(graph: KnowledgeGraph) -> str:
    """Text of ``schemas/README.md``.

    Parameters
    ----------
    graph : KnowledgeGraph
        The graph of the bundled sample.
    """
    return _TEXT + answers(graph, heading="###")
