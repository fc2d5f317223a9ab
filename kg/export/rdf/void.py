"""The description of the dataset (VoID): true counts, taken while the data are streamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.export.rdf.iris import Iris, segment
from kg.export.rdf.namespaces import DCTERMS, FOAF, INTEGER, PREFIXES, PROV, RDF, STRING, TYPE, VOID
from kg.export.rdf.nodes import Node, Statement

UNKNOWN_LICENCE = "http://rightsstatements.org/vocab/CNE/1.0/"
"""Copyright not evaluated: what is said where the publisher says nothing."""

VOID_PREFIXES = dict(sorted({**PREFIXES, "void": VOID}.items()))


@dataclass(slots=True)
class Counts:
    """What is in a dataset.

    Parameters
    ----------
    triples, entities : int
        Number of triples, and of things that have a class.
    classes, properties : Counter
        Entities by class and triples by property, by IRI.
    example : str
        The first paper.
    """

    triples: int = 0
    entities: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    example: str = ""

    def counted(self, nodes: Iterable[Node]) -> Iterator[Node]:
        """Pass the nodes on and count them."""
        for node in nodes:
            kinds = [value for predicate, value, _ in node.statements if predicate == TYPE]
            self.triples += len(node.statements)
            self.entities += bool(kinds)
            self.classes.update(kinds)
            self.properties.update(predicate for predicate, _, _ in node.statements)
            if not self.example and PREFIXES["fabio"] + "ResearchPaper" in kinds:
                self.example = node.subject
            yield node


def void_nodes(
    plain: Counts, evidence: Counts, iris: Iris, *, dumps: dict[str, str], licence: str, version: str
) -> Iterator[Node]:
    """Describe the dataset and its two profiles.

    Parameters
    ----------
    plain, evidence : Counts
        Counts of the two profiles; the evidence profile contains the plain one.
    iris : Iris
        The rule for IRIs.
    dumps : dict
        Name of the dump file by profile, relative to the base IRI.
    licence : str
        IRI of the licence.
    version : str
        Version of this package.
    """
    software = f"{iris.base}software/{segment(f'paperkg-{version}')}"
    general: list[Statement] = [
        (TYPE, VOID + "Dataset", None),
        (DCTERMS + "title", "Papers and what they are about", STRING),
        (
            DCTERMS + "description",
            "Papers, the methods, tasks, datasets, metrics and concepts in them, and the sentences for it.",
            STRING,
        ),
        (DCTERMS + "license", licence, None),
        (PROV + "wasAttributedTo", software, None),
        (VOID + "uriSpace", iris.base, STRING),
    ]
    if evidence.example:
        general.append((VOID + "exampleResource", evidence.example, None))
    used = {*evidence.properties, *evidence.classes}
    general += [
        (VOID + "vocabulary", namespace, None)
        for prefix, namespace in PREFIXES.items()
        if namespace != RDF and any(name.startswith(namespace) for name in used)
    ]
    subsets = {"plain": plain, "evidence": evidence}
    general += [(VOID + "subset", f"{iris.dataset()}/{profile}", None) for profile in subsets]
    yield Node(iris.dataset(), [*general, *_numbers(evidence)])
    yield Node(
        software, [(TYPE, PROV + "SoftwareAgent", None), (FOAF + "name", f"paperkg {version}", STRING)]
    )
    for profile, counts in subsets.items():
        subject = f"{iris.dataset()}/{profile}"
        described: list[Statement] = [
            (TYPE, VOID + "Dataset", None),
            (DCTERMS + "title", f"The {profile} profile", STRING),
            (DCTERMS + "license", licence, None),
            (VOID + "dataDump", iris.base + dumps[profile], None),
            *_numbers(counts),
        ]
        parts: list[Node] = []
        for kind, of, names in (
            ("class", VOID + "class", counts.classes),
            ("property", VOID + "property", counts.properties),
        ):
            number = VOID + ("entities" if kind == "class" else "triples")
            for name in sorted(names):
                part = f"{subject}/{kind}/{segment(_short(name))}"
                described.append((VOID + f"{kind}Partition", part, None))
                parts.append(Node(part, [(of, name, None), (number, str(names[name]), INTEGER)]))
        yield Node(subject, described)
        yield from parts


def _numbers(counts: Counts) -> list[Statement]:
    return [
        (VOID + "triples", str(counts.triples), INTEGER),
        (VOID + "entities", str(counts.entities), INTEGER),
        (VOID + "distinctSubjects", str(counts.entities), INTEGER),
        (VOID + "classes", str(len(counts.classes)), INTEGER),
        (VOID + "properties", str(len(counts.properties)), INTEGER),
    ]


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
