"""When two written forms are the same name: case, number, hyphen, spelling, and what LaTeX leaves."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.extraction.words import words
from kg.model import Rule

_PLURALS = {
    "analyses": "analysis", "hypotheses": "hypothesis", "matrices": "matrix", "vertices": "vertex",
    "indices": "index", "simplices": "simplex", "criteria": "criterion", "phenomena": "phenomenon",
    "corpora": "corpus", "biases": "bias", "gases": "gas", "lenses": "lens", "buses": "bus",
    "children": "child", "mice": "mouse", "men": "man", "women": "woman", "people": "person",
    "viruses": "virus", "synapses": "synapse", "theses": "thesis", "optima": "optimum",
    "minima": "minimum", "maxima": "maximum", "spectra": "spectrum", "genera": "genus",
    "automata": "automaton", "moduli": "modulus", "stimuli": "stimulus", "nuclei": "nucleus",
    "formulae": "formula", "bacteria": "bacterium", "leaves": "leaf", "halves": "half",
    "heuristics": "heuristic", "topics": "topic", "metrics": "metric", "semantics": "semantics",
    "characteristics": "characteristic", "logics": "logic", "mechanics": "mechanics",
    "graphics": "graphics", "critics": "critic", "tactics": "tactic", "diagnostics": "diagnostic",
    "mimics": "mimic", "clinics": "clinic", "fabrics": "fabric", "antibiotics": "antibiotic",
    "series": "series", "species": "species", "lens": "lens", "bias": "bias", "gas": "gas",
    "atlas": "atlas", "canvas": "canvas", "chaos": "chaos", "kudos": "kudos", "axes": "axis",
    "caches": "cache", "niches": "niche", "headaches": "headache", "movies": "movie", "cookies": "cookie",
    "calories": "calorie", "ties": "tie", "lies": "lie", "pies": "pie", "dies": "die",
    "vortices": "vortex", "cortices": "cortex", "helices": "helix", "appendices": "appendix",
    "submatrices": "submatrix", "diagnoses": "diagnosis", "prognoses": "prognosis",
    "syntheses": "synthesis", "prostheses": "prosthesis", "orthoses": "orthosis",
    "metastases": "metastasis", "crises": "crisis", "synopses": "synopsis", "emphases": "emphasis",
    "shelves": "shelf", "sheaves": "sheaf", "echoes": "echo", "heroes": "hero", "tomatoes": "tomato",
    "potatoes": "potato", "aliases": "alias", "atlases": "atlas", "canvases": "canvas",
    "statuses": "status", "bonuses": "bonus", "quizzes": "quiz",
}  # fmt: skip
_ENDS_IN_S = words("singular in s")
_SPELLING = (
    ("behaviour", "behavior"), ("colour", "color"), ("neighbour", "neighbor"), ("favour", "favor"),
    ("labour", "labor"), ("tumour", "tumor"), ("flavour", "flavor"), ("modelling", "modeling"),
    ("modelled", "modeled"), ("labelling", "labeling"), ("labelled", "labeled"), ("travelling", "traveling"),
    ("signalling", "signaling"), ("cancelling", "canceling"), ("centre", "center"), ("fibre", "fiber"),
    ("catalogue", "catalog"), ("analyse", "analyze"), ("artefact", "artifact"), ("grey", "gray"),
    ("programme", "program"), ("defence", "defense"), ("dialogue", "dialog"), ("paralleliz", "paralleliz"),
)  # fmt: skip
_ISE = re.compile(
    r"\b((?:re|de|non|over|pre|self)?(?:optim|regular|general|normal|initial|categor|organ|recogn|minim|maxim"
    r"|summar|parallel|quant|discret|token|character|visual|util|local|linear|personal|factor|random|stabil"
    r"|standard|polar|equal|vector|penal|synchron|harmon|custom|formal|symbol|binar|digit|real|special"
    r"|contextual|digital|orthogonal|diagonal|sanit|hallucin|moral|anonym|privat|ionis|crystall|immun|steril"
    r"|hospital|mobil|neutral|marginal|amort|material|serial|emphas|memor|prior|author|fertil|pressur|vapor"
    r"|sensit|catalog|energ|hybrid|ideal|modular|morphological|nominal|rational|tempor|tribal|urban|virtual))"
    r"is(e[drs]?|ing|ations?|able|ers?)\b"
)
_ISATION = re.compile(r"(?<!prov)isation")
_JOINED = words("prefixes")
_PAIRS = {("data", "set"): "dataset", ("data", "base"): "database", ("fine", "tuning"): "finetuning",
          ("fine", "tune"): "finetune", ("fine", "tuned"): "finetuned", ("wave", "let"): "wavelet",
          ("work", "flow"): "workflow", ("back", "propagation"): "backpropagation",
          ("time", "step"): "timestep",
          ("hash", "tag"): "hashtag", ("point", "wise"): "pointwise", ("pair", "wise"): "pairwise",
          ("drop", "out"): "dropout", ("auto", "encoder"): "autoencoder"}  # fmt: skip
_SPLIT = {"blackbox": "black box", "realtime": "real time", "cooccurrence": "cooccurrence",
          "timeseries": "time series", "testbed": "testbed", "tradeoff": "trade off"}  # fmt: skip
_LATEX_COMMAND = re.compile(r"\\(?:text|math|emph|em|it|bf|sc|tt|rm|cal|bb|frak|url)[a-z]*\s*(?=[{\s])")
_LATEX_ACCENT = re.compile(r"""\\[`'^"~=.uvHtcdbk]\s*\{?(\w)\}?""")
_ELL = re.compile(r"(?<![a-z])(?:\\?ell)(?![a-z])")
_WORD = re.compile(r"\w+(?:[.+#]\w+)*[+#]*")
_DASHES = re.compile(r"[-‐‑‒–—−/]")
HEAD_FIRST = frozenset(("of", "for", "in", "with", "on", "from", "to", "by", "under"))


def singular(word: str) -> str:
    """The singular of an English noun in lower case, the word itself where it has none.

    Examples
    --------
    >>> [singular(w) for w in ("networks", "analyses", "loss", "bias", "dynamics", "boxes", "policies")]
    ['network', 'analysis', 'loss', 'bias', 'dynamics', 'box', 'policy']
    """
    if word in _PLURALS:
        return _PLURALS[word]
    if len(word) < 4 or not word.endswith("s") or word in _ENDS_IN_S:
        return word
    if word.endswith(("ss", "us", "is", "ics", "ous", "'s")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def is_acronym(name: str) -> bool:
    """Whether a name is written like an abbreviation: one word, mostly capitals, at most ten letters.

    Examples
    --------
    >>> [is_acronym(n) for n in ("GMM", "LLMs", "VAEs", "mIoU", "Adam", "ImageNet")]
    [True, True, True, True, False, False]
    """
    core = name[:-1] if len(name) > 2 and name.endswith("s") and name[-2].isupper() else name
    if not 2 <= len(core) <= 10 or not core.replace("-", "").replace("/", "").isalnum():
        return False
    capitals = sum(c.isupper() for c in core)
    return capitals >= 2 and capitals * 2 >= len(core.replace("-", ""))


def plain(name: str) -> str:
    r"""A name without LaTeX commands, accents and curly dashes, case kept.

    Examples
    --------
    >>> plain(r"Fr\'echet {\em distance}"), plain("α–β search")
    ('Frechet distance', 'alpha-beta search')
    """
    if name.isascii() and "\\" not in name and "$" not in name and "{" not in name:
        return " ".join(name.split())
    name = _LATEX_ACCENT.sub(r"\1", name)
    name = _LATEX_COMMAND.sub("", name).replace("{", "").replace("}", "").replace("$", "")
    name = unicodedata.normalize("NFKD", name)
    letters = []
    for c in name:
        if c.isascii():
            letters.append(c)
        elif unicodedata.combining(c):
            continue
        elif _DASHES.match(c):
            letters.append("-")
        elif (title := unicodedata.name(c, "")).startswith("GREEK ") and " LETTER " in title:
            letters.append(title.rsplit(" LETTER ", 1)[1].split()[0].lower())
        else:
            letters.append({"’": "'", "‘": "'", "“": '"', "”": '"'}.get(c, c))
    return " ".join("".join(letters).replace("\\", "").split())


def american(text: str) -> str:
    """American spelling of a text in lower case.

    Examples
    --------
    >>> american("colour quantisation noise"), american("behaviour modelling exercise")
    ('color quantization noise', 'behavior modeling exercise')
    """
    for british, ours in _SPELLING:
        if british in text:
            text = text.replace(british, ours)
    return _ISATION.sub("ization", _ISE.sub(r"\1iz\2", text)) if "is" in text else text


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    r"""What all the spellings of one name have in common.

    Lower case, singular head, American spelling, hyphens as spaces (as nothing after a prefix such
    as "multi"), without LaTeX, accents, possessives and brackets. Abbreviations keep their capitals,
    so that "CAT" is no cat.

    Parameters
    ----------
    name : str
        A name as written.

    Returns
    -------
    str
        Words parted by single blanks; empty where the name has no letter or digit.

    Examples
    --------
    >>> key("Gaussian Mixture Models") == key("gaussian mixture model")
    True
    >>> key("Pre-training"), key("multi-modal data sets"), key("mixtures of experts")
    ('pretraining', 'multimodal dataset', 'mixture of expert')
    >>> key("LLMs"), key("Fisher's information"), key("$\\ell_1$ regularisation")
    ('LLM', 'fisher information', 'l1 regularization')
    """
    text = plain(name)
    if is_acronym(text):
        core = text[:-1] if text.endswith("s") and text[-2].isupper() else text
        core = _DASHES.sub(" " if any(c.isdigit() for c in core) else "", core)
        return core.upper()
    text = _ELL.sub("l", text.lower()).replace("'s ", " ").replace("' ", " ")
    text = american(text).replace("_", "").replace("^", "")
    words = _WORD.findall(_DASHES.sub(" ", text))
    joined: list[str] = []
    for i, word in enumerate(words):
        if word in _JOINED and i + 1 < len(words) and len(words[i + 1]) > 2:
            words[i + 1] = word + words[i + 1]
        elif i + 1 < len(words) and (word, singular(words[i + 1])) in _PAIRS:
            words[i + 1] = _PAIRS[word, singular(words[i + 1])]
        else:
            joined.append(_SPLIT.get(word, word))
    for i, word in enumerate(joined):
        if i == len(joined) - 1 or joined[i + 1] in HEAD_FIRST:
            joined[i] = singular(word)
    return " ".join(joined)


def rule_between(name: str, label: str) -> Rule:
    """Why a name has the same key as a label: the least change that leads from one to the other.

    Examples
    --------
    >>> [str(rule_between(a, "language model")) for a in ("Language Model", "language models")]
    ['case', 'number']
    >>> str(rule_between("pre-training", "pretraining")), str(rule_between("modelling", "modeling"))
    ('hyphen', 'spelling')
    """
    if name == label:
        return Rule.LABEL
    a, b = name.lower(), label.lower()
    if a == b:
        return Rule.CASE
    if _numberless(a) == _numberless(b):
        return Rule.NUMBER
    bare_a, bare_b = (_DASHES.sub("", s).replace(" ", "") for s in (a, b))
    if bare_a == bare_b or singular(bare_a) == singular(bare_b):
        return Rule.HYPHEN
    return Rule.SPELLING


def _numberless(text: str) -> str:
    return " ".join(singular(word) for word in text.split())
