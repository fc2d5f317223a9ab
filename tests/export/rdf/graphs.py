"""Small graphs with everything in them that an export can meet. All texts are made up."""

from __future__ import annotations

from kg.graph import KnowledgeGraph
from kg.model import (
    Alias,
    Concept,
    ConceptType,
    Link,
    Mention,
    Paper,
    Relation,
    RelationType,
    Role,
    Rule,
    Source,
    Span,
    Statement,
)

HOSTILE_TITLES = (
    'Quotes "double", \'single\' and """triple"""',
    "Back\\slashes \\n \\u0041 and a last one \\",
    "Two\nlines,\r\na carriage return\r and a\ttab",
    "Emoji 🤖🧪 and a flag 🏳️‍🌈, astral 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
    "מאמר מימין לשמאל \u202eoverridden\u202c ورقة",
    r"LaTeX {\em remains} $\mathcal{O}(n^2)$ \'ern ell_p %comment & # ~",
    "<img src=x onerror=alert(1)></script><script>alert(2)</script>",
    "Entities &amp; &lt; &#13; ]]> <!-- no comment -->",
    "Long " + "word " * 600,
    "Controls \x00\x01\x08\x0b\x0c\x1f\x7f\x85 \u2028\u2029 \ufeff \ufffe\uffff",
    "  blanks around  ",
    "Ends in a dot.",
    "%41 percent %zz ?query#fragment {braces} |pipe| ^caret^ `tick`",
    "e\u0301 combining, \u00e9 composed, \u200b zero width",
)


def small() -> KnowledgeGraph:
    """Two papers, three concepts, every kind of evidence."""
    title = "LoRA: low-rank adaptation"
    abstract = "We propose LoRA, a low-rank adapter. LoRA is a kind of PEFT method, tested on GLUE."
    first, second = Span("abstract", 0, 36), Span("abstract", 37, 83)
    lora, peft, glue = "lora", "parameter-efficient-fine-tuning", "glue"
    return KnowledgeGraph.from_parts(
        papers=[
            Paper(
                id="doi:10.1000/lora(1)",
                title=title,
                abstract=abstract,
                date="2021-06-17",
                authors=("Ada Example", "Bo Muster"),
                venue="Example Conference",
                doi="10.1000/lora(1)",
                arxiv="2106.00001",
                url="https://example.org/paper?id=1&v=2",
                identifiers=(("openalex", "W1"), ("pmid", "123"), ("own scheme", "a/b")),
                upvotes=12,
                organisation="Example Lab",
                keywords=("adapters", "fine-tuning"),
                sources=(Source("list.txt", 1, 1, "listing"), Source("other list.txt", 7, 90, "listing")),
            ),
            Paper(id="p2", title="A study of GLUE", date="2022-03", date_inferred=True, author_count=4),
            Paper(id="p3", title="No date here", date="2023-13"),
        ],
        concepts=[
            Concept(
                lora,
                "LoRA",
                ConceptType.METHOD,
                aliases=(
                    Alias("LoRA", Rule.LABEL, 1, "doi:10.1000/lora(1)"),
                    Alias("low-rank adaptation", Rule.ABBREVIATION, 1, "doi:10.1000/lora(1)", "LoRA: low-…"),
                ),
                exact_matches=("http://www.wikidata.org/entity/Q1",),
                close_matches=("https://example.com/vocabulary/low rank",),
                papers=1,
                confidence=0.95,
            ),
            Concept(peft, "parameter-efficient fine-tuning", ConceptType.METHOD, papers=1),
            Concept(glue, "GLUE", ConceptType.DATASET, papers=2, confidence=0.9),
            Concept("adaptation", "adaptation", ConceptType.CONCEPT, papers=0),
        ],
        links=[
            Link("doi:10.1000/lora(1)", lora, Role.PROPOSES, 0.93, 1.0, 2, first, Span("abstract", 0, 10)),
            Link("doi:10.1000/lora(1)", peft, Role.MENTIONS, 0.5, 0.2, 1),
            Link(
                "doi:10.1000/lora(1)", glue, Role.EVALUATES_ON, 0.8, 0.4, 1, second, Span("abstract", 68, 77)
            ),
            Link("p2", glue, Role.STUDIES, 0.7, 1.0, 1),
        ],
        relations=[
            Relation(
                lora,
                RelationType.IS_A,
                peft,
                0.9,
                1,
                (Statement("doi:10.1000/lora(1)", second, 0.9, Span("abstract", 42, 54)),),
            ),
            Relation(peft, RelationType.IS_A, lora, 0.3, 1, (Statement("doi:10.1000/lora(1)", second, 0.3),)),
            Relation(
                lora,
                RelationType.EVALUATED_ON,
                glue,
                0.7,
                1,
                (Statement("doi:10.1000/lora(1)", second, 0.7),),
            ),
            Relation(glue, RelationType.CO_OCCURS_WITH, lora, 0.4, 1),
            Relation(lora, RelationType.CO_OCCURS_WITH, peft, 0.6, 1),
        ],
        mentions=[
            Mention("doi:10.1000/lora(1)", "title", 0, 4, ConceptType.METHOD, lora, 0.99),
            Mention("doi:10.1000/lora(1)", "abstract", 11, 15, ConceptType.METHOD, lora, 0.98),
            Mention("doi:10.1000/lora(1)", "abstract", 55, 59, ConceptType.METHOD, peft, 0.6),
            Mention("doi:10.1000/lora(1)", "abstract", 78, 82, ConceptType.DATASET, glue, 0.9),
            Mention("p2", "title", 11, 15, ConceptType.DATASET, glue, 0.9),
        ],
        sentences={
            "doi:10.1000/lora(1)": (Span("title", 0, len(title)), first, second),
            "p2": (Span("title", 0, 15),),
            "p3": (Span("title", 0, 12),),
        },
    )


def hostile() -> KnowledgeGraph:
    """A paper and a concept for each hostile text, which is also its id, its author and its alias."""
    papers, concepts, links, relations, mentions, sentences = [], [], [], [], [], {}
    for number, text in enumerate(HOSTILE_TITLES):
        short = text[:120].strip() or "x"
        papers.append(
            Paper(
                id=short,
                title=text,
                abstract=text * 2,
                date=("2024", "2024-02", "2024-02-29", "2023-02-29", "0000", "2024-13")[number % 6],
                authors=(short,),
                venue=short,
                doi=short,
                url=short,
                identifiers=((short, short),),
                organisation=short,
                keywords=(short,),
                sources=(Source(short, number + 1),),
            )
        )
        concepts.append(
            Concept(
                f"c{number}-{short}",
                short,
                ConceptType.CONCEPT,
                aliases=(Alias(short + " too", Rule.CASE, 1, short, text),),
                exact_matches=(f"https://example.com/{short}", short),
                papers=1,
            )
        )
        links.append(
            Link(
                short,
                f"c{number}-{short}",
                Role.USES,
                0.5,
                0.5,
                1,
                Span("title", 0, len(text)),
                Span("title", 0, 5),
            )
        )
        relations.append(
            Relation(
                f"c{number}-{short}",
                RelationType.USED_FOR,
                concepts[0].id,
                0.5,
                1,
                (Statement(short, Span("title", 0, len(text)), 0.5),),
            )
        )
        mentions.append(Mention(short, "title", 0, len(text), ConceptType.CONCEPT, f"c{number}-{short}", 0.5))
        sentences[short] = (Span("title", 0, len(text)), Span("abstract", 0, len(text)))
    return KnowledgeGraph.from_parts(
        papers=papers,
        concepts=concepts,
        links=links,
        relations=relations,
        mentions=mentions,
        sentences=sentences,
    )
