"""Why several names are one concept."""

from __future__ import annotations

from kg.graph import reading
from kg.graph.answers import Explanation, Reason
from kg.graph.evidence import of_link
from kg.graph.store import Store
from kg.model import Alias, Concept, Evidence, Rule

_TEXT = {
    Rule.LABEL: "{name!r} is the label",
    Rule.CASE: "{name!r} differs from the label in upper and lower case only",
    Rule.NUMBER: "{name!r} is another number (singular or plural) of the label",
    Rule.HYPHEN: "{name!r} differs from the label in hyphens, blanks or marks only",
    Rule.SPELLING: "{name!r} is another spelling of the label",
    Rule.ABBREVIATION: "{name!r} is an abbreviation that a paper defines",
    Rule.LEXICON: "{name!r} is another name in the lexicon that ships with kg",
    Rule.VOCABULARY: "{name!r} is another name in an outside vocabulary",
    Rule.CURATION: "{name!r} was joined by your curation file",
}


def explain(store: Store, concept: Concept, asked: str) -> Explanation:
    """Tell for every name of a concept which rule joined it, and show a sentence where it is seen.

    Parameters
    ----------
    store : Store
        Where the sentences are.
    concept : Concept
        What to explain.
    asked : str
        The name the user asked with; its reason comes first.
    """
    aliases = sorted(
        concept.aliases, key=lambda a: (a.name != asked, a.rule != Rule.LABEL, -a.papers, a.name)
    )
    return Explanation(
        concept=concept.id,
        label=concept.label,
        asked=asked,
        reasons=tuple(_reason(store, concept, alias) for alias in aliases),
    )


def _reason(store: Store, concept: Concept, alias: Alias) -> Reason:
    seen = (
        f"written in {alias.papers} paper{'' if alias.papers == 1 else 's'}"
        if alias.papers
        else "in no paper"
    )
    text = f"{_TEXT[alias.rule].format(name=alias.name)} ({alias.note + '; ' if alias.note else ''}{seen})"
    return Reason(alias.name, alias.rule, text, _seen(store, concept, alias))


def _seen(store: Store, concept: Concept, alias: Alias) -> Evidence | None:
    """The first sentence of the alias's paper that writes it so."""
    if alias.paper is None:
        return None
    for found in of_link(store, alias.paper, concept.id):
        shift = found.sentence.start
        if any(found.text[m.start - shift : m.end - shift] == alias.name for m in found.mentions):
            return found
    return None


def explanations(store: Store) -> list[Explanation]:
    """Explain every concept that has more than one name, by id."""
    return [explain(store, c, c.label) for c in reading.concepts(store) if len(c.aliases) > 1]
