r"""The tokenizer: spaCy's English rules, cutting also at brackets, slashes and LaTeX commands.

Terms begin and end inside what spaCy keeps together ("Conv(BN)", "github.com/x/DualEdit",
"\\textbf{TTSR}"). With these rules 99.9 % of the annotated terms begin and end at token boundaries.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

INFIXES = (r"[()\[\]{}—=|]", r"(?<=\w)/(?=\w)", r"\\[a-z]+(?=\{)", r"(?<=[0-9)\]])[-–](?=[a-zA-Z])")
PREFIXES = (r"\\[a-zA-Z]+\{", r"[-–—/]")
SUFFIXES = (r"\}", r"\{", r"[-–—]")


@registry.tokenizers("kg.term_tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """Build the tokenizer from the defaults of the pipeline's language.

    Returns
    -------
    callable
        Takes the ``Language``, gives its tokenizer.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> nlp.tokenizer = create_tokenizer()(nlp)
    >>> [token.text for token in nlp("Conv(BN) A/B X-Net")]
    ['Conv', '(', 'BN', ')', 'A', '/', 'B', 'X', '-', 'Net']
    """

    def make(nlp: Language) -> Tokenizer:
        base = nlp.Defaults
        return Tokenizer(
            nlp.vocab,
            rules=base.tokenizer_exceptions,
            prefix_search=compile_prefix_regex([*(base.prefixes or ()), *PREFIXES]).search,
            suffix_search=compile_suffix_regex([*(base.suffixes or ()), *SUFFIXES]).search,
            infix_finditer=compile_infix_regex([*(base.infixes or ()), *INFIXES]).finditer,
        )

    return make
