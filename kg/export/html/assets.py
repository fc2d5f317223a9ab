"""The page's own script and style, and the vendored library: read, joined, hashed."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from kg.errors import ExportError

VIS_SHA256 = "ec6a8e97e2aa8c588983548eb6a82725dc120da43ceda69c917018255853d8e5"
"""Of vendor/vis-network.min.js: dist/vis-network.min.js of the npm package vis-network 10.1.5."""

MODULES = (
    "dom", "names", "payload", "graph", "texts", "state", "filter", "palette", "geometry", "labels",
    "drawing", "network", "canvas", "parts", "evidence", "chart", "search", "paper", "concept",
    "overview", "paths", "compare", "card", "legend", "table", "timeline", "files", "svg", "export",
    "main",
)  # fmt: skip
"""The modules of js/ in the order of their imports."""

STYLES = ("base", "frame", "legend", "card", "table", "print")


def read(name: str) -> str:
    """Text of one file of this package."""
    return files("kg.export.html").joinpath(*name.split("/")).read_text(encoding="utf-8")


@cache
def library() -> str:
    """vis-network, checked against its hash, without the pointer to its source map.

    Raises
    ------
    kg.errors.ExportError
        If the file is not the one that was vendored.
    """
    data = files("kg.export.html").joinpath("vendor", "vis-network.min.js").read_bytes()
    if hashlib.sha256(data).hexdigest() != VIS_SHA256:
        raise ExportError("vendor/vis-network.min.js has been changed; install the package again")
    return data.decode("utf-8").rpartition("//# sourceMappingURL")[0].rstrip()


@cache
def script() -> str:
    """All modules as one: imports taken out, exports made plain, in the order of their imports."""
    return "\n".join(_plain(read(f"js/{name}.js")) for name in MODULES)


def _plain(module: str) -> str:
    without = re.sub(r"^import\b[^;]*;\n", "", module, flags=re.MULTILINE)
    return re.sub(r"^export (?=(async )?function|const|class|let)", "", without, flags=re.MULTILINE)


@cache
def style() -> str:
    """All style sheets as one."""
    return "\n".join(read(f"css/{name}.css") for name in STYLES)


def source_hash(text: str) -> str:
    """Text as a Content-Security-Policy names it.

    Examples
    --------
    >>> source_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def policy() -> str:
    """Content-Security-Policy of the page: nothing but its own script and style, and no network."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {source_hash(script())} {source_hash(library())}",
            f"style-src {source_hash(style())}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
