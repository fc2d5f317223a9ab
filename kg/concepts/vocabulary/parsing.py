"""Reading vocabulary files: SKOS, OWL and OBO in any RDF syntax, CSV of label, alias and IRI."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from kg.errors import VocabularyError

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OBO = "http://www.geneontology.org/formats/oboInOwl#"
_IAO = "http://purl.obolibrary.org/obo/IAO_"
_SCHEMA = "http://schema.org/"
_CSO = "http://cso.kmi.open.ac.uk/schema/cso#"
_MESH = "http://id.nlm.nih.gov/mesh/vocab#"
_OWL = "http://www.w3.org/2002/07/owl#"

# Where several say the label, the earlier is the preferred one.
_LABELS = (f"{_SKOS}prefLabel", f"{_RDFS}label", f"{_SCHEMA}name")
_ALIASES = (
    f"{_SKOS}altLabel",
    f"{_SKOS}hiddenLabel",
    f"{_OBO}hasExactSynonym",
    f"{_IAO}0000118",
    f"{_SCHEMA}alternateName",
    f"{_MESH}altLabel",
)
_LABEL_RANK, _ALIAS_RANK = 0, 5  # labels have their place among `_LABELS`
_BROADER = (f"{_SKOS}broader", f"{_SKOS}broaderGeneric", f"{_RDFS}subClassOf", f"{_MESH}broaderDescriptor")
_NARROWER = (f"{_SKOS}narrower", f"{_CSO}superTopicOf")
_SAME = (f"{_CSO}relatedEquivalent",)
_DEPRECATED = f"{_OWL}deprecated"

_SYNTAXES = {
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
    ".owl": pyoxigraph.RdfFormat.RDF_XML,
    ".xml": pyoxigraph.RdfFormat.RDF_XML,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
    ".json": pyoxigraph.RdfFormat.JSON_LD,
    ".n3": pyoxigraph.RdfFormat.N3,
}
_COLUMNS = {
    "label": ("label", "preflabel", "name", "term", "itemlabel"),
    "alias": ("alias", "aliases", "altlabel", "altlabels", "synonym", "synonyms", "itemaltlabel"),
    "iri": ("iri", "uri", "id", "item", "url"),
    "broader": ("broader", "parent", "parents", "superclass"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a vocabulary: its IRI, names (the preferred first) and what is broader."""

    iri: str
    names: tuple[str, ...]
    broader: tuple[str, ...] = ()


def entries(path: Path) -> list[Entry]:
    """All named things of a vocabulary file, by IRI.

    Parameters
    ----------
    path : Path
        RDF in the syntax that the suffix names, or CSV/TSV with a header (label, alias, iri and
        perhaps broader; several values parted by ``|``); each also gzipped. Names in other languages
        than English are left out.

    Raises
    ------
    VocabularyError
        If the file is missing, cannot be parsed, or names nothing.
    """
    try:
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise VocabularyError(
            f"{path} cannot be read ({error}); give a SKOS, OWL, OBO or CSV file"
        ) from error
    suffix = next((s for s in reversed(path.suffixes) if s.lower() != ".gz"), "").lower()
    found = (
        _from_table(path, data, suffix)
        if suffix in (".csv", ".tsv", ".txt")
        else _from_rdf(path, data, suffix)
    )
    if not found:
        raise VocabularyError(f"{path} names nothing: no labels of SKOS, RDFS, OBO or schema.org are in it")
    return found


def _from_rdf(path: Path, data: bytes, suffix: str) -> list[Entry]:
    syntax = _SYNTAXES.get(suffix)
    if syntax is None:
        raise VocabularyError(f"{path}: no vocabulary format is called {suffix!r}; there are "
                              f"{', '.join(sorted({*_SYNTAXES, '.csv', '.tsv'}))}")  # fmt: skip
    names: dict[str, dict[str, int]] = defaultdict(dict)
    broader: dict[str, set[str]] = defaultdict(set)
    gone: set[str] = set()
    literal: dict[str, str] = {}
    extended: list[tuple[str, int, str]] = []
    try:
        for quad in pyoxigraph.parse(data, format=syntax, base_iri=path.absolute().as_uri()):
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if predicate == f"{_SKOSXL}literalForm" and isinstance(value, pyoxigraph.Literal):
                if _is_english(value):
                    literal[str(subject)] = value.value.strip()
            elif predicate in (f"{_SKOSXL}prefLabel", f"{_SKOSXL}altLabel"):
                rank = _LABEL_RANK if predicate.endswith("prefLabel") else _ALIAS_RANK
                extended.append((_iri(subject), rank, str(value)))
            elif not isinstance(subject, pyoxigraph.NamedNode):
                continue
            elif isinstance(value, pyoxigraph.Literal):
                if predicate == _DEPRECATED and value.value == "true":
                    gone.add(subject.value)
                elif _is_english(value):
                    place = _rank(predicate)
                    if place is not None:
                        kept = names[subject.value]
                        kept[value.value.strip()] = min(place, kept.get(value.value.strip(), 99))
            elif isinstance(value, pyoxigraph.NamedNode):
                if predicate in _BROADER:
                    broader[subject.value].add(value.value)
                elif predicate in _NARROWER:
                    broader[value.value].add(subject.value)
                elif predicate in _SAME:
                    names[subject.value].setdefault(_last(value.value), 8)
    except (SyntaxError, ValueError) as error:
        raise VocabularyError(f"{path}: {error}; check the file with an RDF parser") from error
    for iri, rank, label in extended:
        if label in literal:
            names[iri][literal[label]] = min(rank, names[iri].get(literal[label], 99))
    return [
        Entry(iri, tuple(sorted(found, key=lambda n: (found[n], n))), tuple(sorted(broader[iri] - {iri})))
        for iri, found in sorted(names.items())
        if iri not in gone and min(found.values()) < 8
    ]


def _is_english(value: pyoxigraph.Literal) -> bool:
    """Whether a name says something, in English or in no language."""
    language = value.language or "en"
    return bool(value.value.strip()) and (language == "en" or language.startswith("en-"))


def _iri(node: object) -> str:
    return node.value if isinstance(node, pyoxigraph.NamedNode) else str(node)


def _rank(predicate: str) -> int | None:
    if predicate in _LABELS:
        return _LABELS.index(predicate)
    return _ALIAS_RANK if predicate in _ALIASES else None


def _last(iri: str) -> str:
    return iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1].replace("_", " ")


def _from_table(path: Path, data: bytes, suffix: str) -> list[Entry]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise VocabularyError(f"{path} is not UTF-8 ({error}); save it as UTF-8") from error
    first = text.split("\n", 1)[0]
    delimiter = "\t" if suffix == ".tsv" or "\t" in first else max(",;", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [h.strip().casefold() for h in next(rows, [])]
    place = {
        role: next((header.index(n) for n in known if n in header), None) for role, known in _COLUMNS.items()
    }
    if place["label"] is None or place["iri"] is None:
        raise VocabularyError(
            f"{path}, line 1: the header needs the columns label and iri (and may have alias, broader)"
        )
    names: dict[str, dict[str, None]] = defaultdict(dict)
    broader: dict[str, set[str]] = defaultdict(set)
    for row in rows:

        def values(role: str, row: list[str] = row) -> Iterator[str]:
            column = place[role]
            if column is not None and column < len(row):
                yield from (v.strip() for v in row[column].split("|") if v.strip())

        iri = next(values("iri"), None)
        if iri is None:
            continue
        if ":" not in iri:
            raise VocabularyError(f"{path}, line {rows.line_num}: {iri!r} is no IRI; give the whole of it")
        names[iri].update(dict.fromkeys((*values("label"), *values("alias"))))
        broader[iri].update(values("broader"))
    return [
        Entry(iri, tuple(found), tuple(sorted(broader[iri]))) for iri, found in sorted(names.items()) if found
    ]
