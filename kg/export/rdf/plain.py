"""The plain profile: papers, concepts and the direct triples between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from urllib.parse import quote

from kg.export.rdf.hierarchy import Hierarchy, Standing
from kg.export.rdf.iris import Iris
from kg.export.rdf.literals import outside_iri, text, typed_date
from kg.export.rdf.namespaces import (
    ANY_URI,
    BOOLEAN,
    CLASS_OF_TYPE,
    COUNT,
    DATACITE,
    DCTERMS,
    FABIO,
    FOAF,
    INTEGER,
    KG,
    LITERAL,
    PRISM,
    PROPERTY_OF_RELATION,
    PROPERTY_OF_ROLE,
    RDFS,
    SCHEMA,
    SKOS,
    STRING,
    TYPE,
    XSD,
)
from kg.export.rdf.nodes import Node, Statement
from kg.graph import KnowledgeGraph
from kg.graph.aligned import Aligned
from kg.model import Concept, Link, Paper, Relation, RelationType, Source

_ROLE_ORDER = {role: number for number, role in enumerate(PROPERTY_OF_ROLE)}
_FABIO_SCHEMES = {"pmid": FABIO + "hasPubMedId", "pmcid": FABIO + "hasPubMedCentralId"}
_DATACITE_SCHEMES = {"handle", "isbn", "issn", "local", "openalex", "orcid", "url", "urn", "wikidata"}


def plain_nodes(graph: KnowledgeGraph, iris: Iris, *, abstracts: bool = True) -> Iterator[Node]:
    """Everything of the plain profile: the scheme, the papers by id, the concepts by id.

    Parameters
    ----------
    graph : KnowledgeGraph
        Read as a stream.
    iris : Iris
        The rule for IRIs.
    abstracts : bool
        Whether to write the abstracts.
    """
    yield scheme_node(iris)
    links = Aligned(graph.iter_links(), attrgetter("paper"))
    for paper in graph.iter_papers():
        yield from paper_nodes(paper, links.take(paper.id), iris, abstracts=abstracts)
    hierarchy = hierarchy_of(graph)
    relations = Aligned(graph.iter_relations(), attrgetter("head"))
    for concept in graph.iter_concepts():
        yield concept_node(concept, relations.take(concept.id), hierarchy, iris)


def scheme_node(iris: Iris) -> Node:
    """The scheme that all concepts are in."""
    return Node(
        iris.scheme(),
        [
            (TYPE, SKOS + "ConceptScheme", None),
            (DCTERMS + "title", "Methods, tasks, datasets, metrics and concepts", STRING),
        ],
    )


def hierarchy_of(graph: KnowledgeGraph) -> Hierarchy:
    """The hierarchy that the graph's ``is_a`` relations make."""
    return Hierarchy(graph.relations(relation=RelationType.IS_A))


def paper_nodes(paper: Paper, links: Iterable[Link], iris: Iris, *, abstracts: bool) -> Iterator[Node]:
    """A paper, then what it has of its own: authors, identifiers, sources."""
    statements: list[Statement] = [
        (TYPE, FABIO + "ResearchPaper", None),
        (TYPE, SCHEMA + "ScholarlyArticle", None),
        (DCTERMS + "identifier", text(paper.id), STRING),
        (DCTERMS + "title", text(paper.title), STRING),
    ]
    if abstracts and paper.abstract:
        statements.append((DCTERMS + "abstract", text(paper.abstract), STRING))
    if paper.date:
        lexical, datatype = typed_date(paper.date)
        statements.append((DCTERMS + "date", lexical, datatype))
        if datatype != STRING:
            statements.append((FABIO + "hasPublicationYear", lexical[:4], XSD + "gYear"))
        if paper.date_inferred:
            statements.append((KG + "dateInferred", "true", BOOLEAN))
    authors = [
        Node(
            iris.author(paper.id, position),
            [
                (TYPE, FOAF + "Agent", None),
                (FOAF + "name", text(name), STRING),
                (KG + "authorPosition", str(position), COUNT),
            ],
        )
        for position, name in enumerate(paper.authors, start=1)
        if name.strip()
    ]
    statements += [(DCTERMS + "creator", author.subject, None) for author in authors]
    author_count = len(paper.authors) or paper.author_count
    if author_count is not None:
        statements.append((KG + "authorCount", str(author_count), COUNT))
    for predicate, value in (
        (PRISM + "publicationName", paper.venue),
        (PRISM + "doi", paper.doi),
        (FABIO + "hasArXivId", paper.arxiv),
    ):
        if value:
            statements.append((predicate, text(value), STRING))
    if paper.url:
        # Only what is an IRI may be typed as one.
        is_iri = outside_iri(paper.url) == paper.url
        statements.append((FABIO + "hasURL", text(paper.url), ANY_URI if is_iri else STRING))
    identifiers: list[Node] = []
    for scheme, value in paper.identifiers:
        if scheme in _FABIO_SCHEMES:
            statements.append((_FABIO_SCHEMES[scheme], text(value), STRING))
        else:
            identifiers.append(_identifier(paper, scheme, value, iris))
    statements += [(DATACITE + "hasIdentifier", node.subject, None) for node in identifiers]
    if paper.doi:
        statements.append((RDFS + "seeAlso", "https://doi.org/" + _quoted(paper.doi), None))
    if paper.arxiv:
        statements.append((RDFS + "seeAlso", "https://arxiv.org/abs/" + _quoted(paper.arxiv), None))
    if paper.upvotes is not None:
        statements.append((KG + "upvotes", str(paper.upvotes), INTEGER))
    if paper.organisation:
        statements.append((KG + "organisation", text(paper.organisation), STRING))
    statements += [(PRISM + "keyword", text(k), STRING) for k in dict.fromkeys(paper.keywords) if k.strip()]
    sources = {iris.source(source.file, source.position): source for source in paper.sources}
    statements += [(DCTERMS + "source", iri, None) for iri in sources]
    statements += _link_statements(links, iris)
    yield Node(iris.paper(paper.id), statements)
    yield from authors
    yield from identifiers
    for iri, source in sources.items():
        yield Node(iri, _source_statements(source))


def concept_node(concept: Concept, relations: Iterable[Relation], hierarchy: Standing, iris: Iris) -> Node:
    """A concept and its relations to others."""
    statements: list[Statement] = [(TYPE, SKOS + "Concept", None)]
    own_class = CLASS_OF_TYPE[concept.type]
    if own_class:
        statements.append((TYPE, own_class, None))
    label = text(concept.label)
    statements += [
        (DCTERMS + "identifier", text(concept.id), STRING),
        (SKOS + "prefLabel", label, STRING),
    ]
    names = dict.fromkeys(text(alias.name) for alias in concept.aliases if alias.name.strip())
    names.pop(label, None)  # SKOS: a name is preferred or alternative, never both
    statements += [(SKOS + "altLabel", name, STRING) for name in names]
    statements.append((SKOS + "inScheme", iris.scheme(), None))
    if hierarchy.is_top(concept.id):
        statements.append((SKOS + "topConceptOf", iris.scheme(), None))
    statements.append((KG + "paperCount", str(concept.papers), COUNT))
    for predicate, matches in (
        (SKOS + "exactMatch", concept.exact_matches),
        (SKOS + "closeMatch", concept.close_matches),
    ):
        found = dict.fromkeys(outside_iri(match) for match in matches)
        statements += [(predicate, iri, None) for iri in found if iri]
    statements += _relation_statements(relations, hierarchy, iris)
    return Node(iris.concept(concept.id), statements)


def _link_statements(links: Iterable[Link], iris: Iris) -> list[Statement]:
    """Each link twice: under its role, and under the property that Dublin Core users ask for."""
    ordered = sorted(links, key=lambda link: (_ROLE_ORDER[link.role], link.concept))
    concepts = {link.concept: iris.concept(link.concept) for link in ordered}
    statements: list[Statement] = [(DCTERMS + "subject", concepts[c], None) for c in sorted(concepts)]
    statements += [(PROPERTY_OF_ROLE[link.role], concepts[link.concept], None) for link in ordered]
    return statements


def _relation_statements(relations: Iterable[Relation], hierarchy: Standing, iris: Iris) -> list[Statement]:
    direct: list[Statement] = []
    broader: list[Statement] = []
    related: list[Statement] = []
    for relation in relations:
        tail = iris.concept(relation.tail)
        if relation.head == relation.tail:
            continue
        if relation.relation is RelationType.IS_A:
            if not hierarchy.holds(relation.head, relation.tail):
                continue  # only the evidence profile tells of it
            broader.append((SKOS + "broader", tail, None))
        # SKOS: what is associated is not also broader or narrower.
        elif relation.relation is RelationType.CO_OCCURS_WITH and not hierarchy.connected(
            relation.head, relation.tail
        ):
            related.append((SKOS + "related", tail, None))
        direct.append((PROPERTY_OF_RELATION[relation.relation], tail, None))
    return direct + broader + related


def _quoted(identifier: str) -> str:
    return quote(identifier, safe="/:;()", errors="surrogatepass")


def _identifier(paper: Paper, scheme: str, value: str, iris: Iris) -> Node:
    statements: list[Statement] = [(TYPE, DATACITE + "ResourceIdentifier", None)]
    if scheme in _DATACITE_SCHEMES:
        statements.append((DATACITE + "usesIdentifierScheme", DATACITE + scheme, None))
    else:
        statements.append((KG + "identifierScheme", text(scheme), STRING))
    statements.append((LITERAL + "hasLiteralValue", text(value), STRING))
    return Node(iris.identifier(paper.id, scheme, value), statements)


def _source_statements(source: Source) -> list[Statement]:
    statements: list[Statement] = [
        (TYPE, KG + "Record", None),
        (KG + "fileName", text(source.file), STRING),
        (KG + "recordNumber", str(source.position), COUNT),
    ]
    if source.line is not None:
        statements.append((KG + "lineNumber", str(source.line), COUNT))
    return statements
