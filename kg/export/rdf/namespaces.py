"""The vocabularies of the RDF export, and which property says what.

``schemas/ontology.ttl`` defines what is in the namespace :data:`KG`; everything else is
somebody else's word for the same thing.
"""

from __future__ import annotations

from typing import Final

from kg.model import ConceptType, RelationType, Role

KG: Final = "https://w3id.org/paperkg/ontology#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
DCTERMS: Final = "http://purl.org/dc/terms/"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
SKOSXL: Final = "http://www.w3.org/2008/05/skos-xl#"
FABIO: Final = "http://purl.org/spar/fabio/"
DATACITE: Final = "http://purl.org/spar/datacite/"
LITERAL: Final = "http://www.essepuntato.it/2010/06/literalreification/"
PRISM: Final = "http://prismstandard.org/namespaces/basic/2.0/"
SCHEMA: Final = "https://schema.org/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
PROV: Final = "http://www.w3.org/ns/prov#"
OA: Final = "http://www.w3.org/ns/oa#"
VOID: Final = "http://rdfs.org/ns/void#"

PREFIXES: Final[dict[str, str]] = {
    "datacite": DATACITE,
    "dcterms": DCTERMS,
    "fabio": FABIO,
    "foaf": FOAF,
    "kg": KG,
    "literal": LITERAL,
    "oa": OA,
    "prism": PRISM,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "skosxl": SKOSXL,
    "xsd": XSD,
}
"""Prefix and namespace of everything that a data file can hold, sorted by prefix."""

QUERY_PREFIXES: Final[dict[str, str]] = {
    **PREFIXES,
    "owl": "http://www.w3.org/2002/07/owl#",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": VOID,
}
"""Prefixes that a query need not declare; the data's own come from :class:`~kg.export.rdf.iris.Iris`."""

TYPE: Final = RDF + "type"

STRING: Final = XSD + "string"
INTEGER: Final = XSD + "integer"
COUNT: Final = XSD + "nonNegativeInteger"
DECIMAL: Final = XSD + "decimal"
BOOLEAN: Final = XSD + "boolean"
ANY_URI: Final = XSD + "anyURI"

CLASS_OF_TYPE: Final[dict[ConceptType, str | None]] = {
    ConceptType.METHOD: KG + "Method",
    ConceptType.TASK: KG + "Task",
    ConceptType.DATASET: KG + "Dataset",
    ConceptType.METRIC: KG + "Metric",
    ConceptType.CONCEPT: None,
}
"""Class of a concept besides ``skos:Concept``."""

PROPERTY_OF_ROLE: Final[dict[Role, str]] = {
    Role.PROPOSES: KG + "proposes",
    Role.USES: KG + "uses",
    Role.ADDRESSES: KG + "addresses",
    Role.EVALUATES_ON: KG + "evaluatesOn",
    Role.MEASURES: KG + "measures",
    Role.COMPARES_WITH: KG + "comparesWith",
    Role.STUDIES: KG + "studies",
    Role.MENTIONS: KG + "mentions",
}

PROPERTY_OF_RELATION: Final[dict[RelationType, str]] = {
    RelationType.USED_FOR: KG + "usedFor",
    RelationType.PART_OF: KG + "partOf",
    RelationType.IS_A: KG + "isA",
    RelationType.COMPARED_WITH: KG + "comparedWith",
    RelationType.EVALUATED_ON: KG + "evaluatedOn",
    RelationType.EVALUATED_BY: KG + "evaluatedBy",
    RelationType.CO_OCCURS_WITH: KG + "coOccursWith",
}
