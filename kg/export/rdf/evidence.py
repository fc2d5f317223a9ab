"""The evidence profile: what the plain triples rest on, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from kg.export.rdf.hierarchy import Hierarchy
from kg.export.rdf.iris import Iris
from kg.export.rdf.literals import decimal, text
from kg.export.rdf.namespaces import (
    BOOLEAN,
    COUNT,
    DCTERMS,
    DECIMAL,
    KG,
    OA,
    PROPERTY_OF_RELATION,
    PROPERTY_OF_ROLE,
    PROV,
    RDF,
    RDFS,
    SKOSXL,
    STRING,
    TYPE,
)
from kg.export.rdf.nodes import Node, Statement
from kg.export.rdf.plain import hierarchy_of
from kg.graph import KnowledgeGraph
from kg.graph.aligned import Aligned
from kg.model import Concept, Field, Link, Mention, Paper, Relation, RelationType, Rule, Span

QUOTE_CONTEXT = 32
"""Characters before and after a mention that its TextQuoteSelector repeats."""


def evidence_nodes(graph: KnowledgeGraph, iris: Iris) -> Iterator[Node]:
    """What the evidence profile adds to the plain one.

    For each paper its texts, the sentences that are evidence for something, its mentions (Web
    Annotations) and its links; then the concepts' names; then the relations.

    Parameters
    ----------
    graph : KnowledgeGraph
        Read as a stream.
    iris : Iris
        The rule for IRIs.
    """
    links = Aligned(graph.iter_links(), attrgetter("paper"))
    mentions = Aligned(graph.iter_mentions(), attrgetter("paper"))
    for paper in graph.iter_papers():
        yield from paper_evidence(
            paper, links.take(paper.id), mentions.take(paper.id), graph.sentences(paper.id), iris
        )
    for concept in graph.iter_concepts():
        yield from concept_evidence(concept, iris)
    hierarchy = hierarchy_of(graph)
    for relation in graph.iter_relations():
        if relation.head != relation.tail:
            yield _relation(relation, hierarchy, iris)


def paper_evidence(
    paper: Paper, links: Iterable[Link], mentions: list[Mention], sentences: tuple[Span, ...], iris: Iris
) -> Iterator[Node]:
    """A paper's texts, evidence sentences, mentions and links."""
    links = list(links)
    texts = {field.value: text(paper.text(field)) for field in Field}
    home = {mention: _sentence_of(mention, sentences) for mention in mentions}
    telling = {span for span in home.values() if span} | {link.sentence for link in links if link.sentence}
    for field in (Field.TITLE, Field.ABSTRACT):
        if paper.text(field):
            yield Node(
                iris.text(paper.id, field),
                [
                    (TYPE, KG + "Text", None),
                    (DCTERMS + "isPartOf", iris.paper(paper.id), None),
                    (KG + "field", field.value, STRING),
                ],
            )
    for span in sorted(telling, key=lambda s: (s.field != Field.TITLE, s.start, s.end)):
        yield _sentence(paper.id, span, texts[span.field], iris)
    by_concept: dict[str, list[Mention]] = {}
    for mention in mentions:
        yield from _mention(mention, home[mention], texts[mention.field], iris)
        by_concept.setdefault(mention.concept, []).append(mention)
    for link in links:
        yield _link(link, by_concept.get(link.concept, []), home, texts, iris)


def concept_evidence(concept: Concept, iris: Iris) -> Iterator[Node]:
    """How sure the concept is, and for each of its names the rule that joined it (SKOS-XL)."""
    label = text(concept.label)
    aliases = {text(alias.name): alias for alias in reversed(concept.aliases) if alias.name.strip()}
    names: list[Statement] = []
    nodes: list[Node] = []
    for name, alias in sorted(aliases.items()):
        iri = iris.alias(concept.id, alias.name)
        names.append((SKOSXL + ("prefLabel" if name == label else "altLabel"), iri, None))
        statements: list[Statement] = [
            (TYPE, SKOSXL + "Label", None),
            (SKOSXL + "literalForm", name, STRING),
            (KG + "rule", Rule(alias.rule).value, STRING),
            (KG + "support", str(alias.papers), COUNT),
        ]
        if alias.paper is not None:
            statements.append((PROV + "wasDerivedFrom", iris.paper(alias.paper), None))
        if alias.note:
            statements.append((RDFS + "comment", text(alias.note), STRING))
        nodes.append(Node(iri, statements))
    names.sort()
    yield Node(iris.concept(concept.id), [(KG + "confidence", decimal(concept.confidence), DECIMAL), *names])
    yield from nodes


def _sentence_of(mention: Mention, sentences: tuple[Span, ...]) -> Span | None:
    for span in sentences:
        if span.field == mention.field and span.start <= mention.start and mention.end <= span.end:
            return span
    return None


def _sentence(paper: str, span: Span, whole: str, iris: Iris) -> Node:
    return Node(
        iris.sentence(paper, span),
        [
            (TYPE, KG + "Sentence", None),
            (RDF + "value", whole[span.start : span.end], STRING),
            (DCTERMS + "isPartOf", iris.paper(paper), None),
            (KG + "field", span.field, STRING),
            (KG + "start", str(span.start), COUNT),
            (KG + "end", str(span.end), COUNT),
        ],
    )


def _mention(mention: Mention, sentence: Span | None, whole: str, iris: Iris) -> Iterator[Node]:
    iri = iris.mention(mention)
    annotation: list[Statement] = [
        (TYPE, OA + "Annotation", None),
        (OA + "motivatedBy", OA + "identifying", None),
        (OA + "hasBody", iris.concept(mention.concept), None),
        (OA + "hasTarget", f"{iri}/target", None),
        (KG + "confidence", decimal(mention.confidence), DECIMAL),
    ]
    if sentence:
        annotation.append((KG + "inSentence", iris.sentence(mention.paper, sentence), None))
    yield Node(iri, annotation)
    yield Node(
        f"{iri}/target",
        [
            (TYPE, OA + "SpecificResource", None),
            (OA + "hasSource", iris.text(mention.paper, mention.field), None),
            (OA + "hasSelector", f"{iri}/position", None),
            (OA + "hasSelector", f"{iri}/quote", None),
        ],
    )
    yield Node(
        f"{iri}/position",
        [
            (TYPE, OA + "TextPositionSelector", None),
            (OA + "start", str(mention.start), COUNT),
            (OA + "end", str(mention.end), COUNT),
        ],
    )
    yield Node(
        f"{iri}/quote",
        [
            (TYPE, OA + "TextQuoteSelector", None),
            (OA + "exact", whole[mention.start : mention.end], STRING),
            (OA + "prefix", whole[max(0, mention.start - QUOTE_CONTEXT) : mention.start], STRING),
            (OA + "suffix", whole[mention.end : mention.end + QUOTE_CONTEXT], STRING),
        ],
    )


def _link(
    link: Link,
    mentions: list[Mention],
    home: dict[Mention, Span | None],
    texts: dict[str, str],
    iris: Iris,
) -> Node:
    statements: list[Statement] = [
        (TYPE, KG + "Link", None),
        (RDF + "subject", iris.paper(link.paper), None),
        (RDF + "predicate", PROPERTY_OF_ROLE[link.role], None),
        (RDF + "object", iris.concept(link.concept), None),
        (KG + "confidence", decimal(link.confidence), DECIMAL),
        (KG + "salience", decimal(link.salience), DECIMAL),
        (KG + "support", str(link.mentions), COUNT),
    ]
    # The sentence that decides the role; where none does, every sentence that names the concept.
    told = [link.sentence] if link.sentence else list(dict.fromkeys(home[mention] for mention in mentions))
    derived = [iris.sentence(link.paper, span) for span in told if span] or [iris.paper(link.paper)]
    statements += [(PROV + "wasDerivedFrom", iri, None) for iri in derived]
    if link.cue:
        statements.append((KG + "cue", texts[link.cue.field][link.cue.start : link.cue.end], STRING))
    statements += [(KG + "hasMention", iris.mention(mention), None) for mention in mentions]
    return Node(iris.link(link.paper, link.role, link.concept), statements)


def _relation(relation: Relation, hierarchy: Hierarchy, iris: Iris) -> Node:
    statements: list[Statement] = [
        (TYPE, KG + "RelationStatement", None),
        (RDF + "subject", iris.concept(relation.head), None),
        (RDF + "predicate", PROPERTY_OF_RELATION[relation.relation], None),
        (RDF + "object", iris.concept(relation.tail), None),
        (KG + "confidence", decimal(relation.confidence), DECIMAL),
        (KG + "support", str(relation.support), COUNT),
    ]
    if relation.relation is RelationType.IS_A and not hierarchy.holds(relation.head, relation.tail):
        statements.append((KG + "leftOutOfHierarchy", "true", BOOLEAN))
    told = dict.fromkeys(iris.sentence(said.paper, said.sentence) for said in relation.statements)
    statements += [(PROV + "wasDerivedFrom", iri, None) for iri in told]
    return Node(iris.relation(relation.head, relation.relation, relation.tail), statements)
