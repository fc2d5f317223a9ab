"""The beginning of a file, as the readers see it when they are asked whether it is theirs."""

from __future__ import annotations

import re
from functools import cached_property

from kg.corpus import decoding

SIZE = 1 << 16
_JSON_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([{}\[\]:,])', re.DOTALL)
_XML_ROOT = re.compile(r"<(?![?!])([A-Za-z_][\w.:-]*)([^>]*)>?")
_XML_PROLOGUE = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)", re.DOTALL)
_XML_NAME = re.compile(r"<([A-Za-z_][\w.:-]*)")


class Head:
    """The first 64 KiB of a file.

    Parameters
    ----------
    data : bytes
    encoding : str or None
        As the user says; None finds out.

    Attributes
    ----------
    data : bytes
    encoding, encoding_why : str
    whole : bool
        Whether this is all of the file.
    text : str
        Decoded, what cannot be decoded replaced.
    """

    def __init__(self, data: bytes, encoding: str | None = None) -> None:
        self.data = data
        self.whole = len(data) < SIZE
        self.encoding, self.encoding_why = (encoding, "as told") if encoding else decoding.detect(data)
        try:
            self.text = data.decode(self.encoding, errors="replace").removeprefix("\ufeff")
        except (LookupError, UnicodeError):
            self.text = data.decode("utf-8", errors="replace")

    @property
    def empty(self) -> bool:
        """Whether there is nothing but blanks."""
        return not self.text.strip()

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends, without a last one that is cut off."""
        lines = re.split(r"\r\n|\r|\n", self.text)
        return lines if self.whole else lines[:-1] or lines

    @cached_property
    def start(self) -> str:
        """The first character that is not blank, or an empty string."""
        return self.text.lstrip()[:1]

    @cached_property
    def json_paths(self) -> frozenset[str]:
        """Where keys stand in the first JSON value: ``results[].id``; empty if it is no JSON.

        Works on a value that is cut off. Only the first element of every list is looked at.
        """
        if self.start not in ("{", "["):
            return frozenset()
        paths: set[str] = set()
        stack: list[str] = []  # the path of every open bracket
        key = ""
        before = ""
        skipping = 0
        for token in _JSON_TOKEN.finditer(self.text):
            mark = token.group(2)
            if mark is None:
                if not skipping:
                    before = token.group(1)
                continue
            if mark in "{[":
                if skipping or len(stack) > 12:
                    skipping += 1
                    continue
                path = (stack[-1] + "." + key if stack[-1] else key) if stack and key else "".join(stack[-1:])
                stack.append(path + "[]" if mark == "[" else path)
                key = ""
            elif mark in "}]":
                if skipping:
                    skipping -= 1
                    continue
                if not stack:
                    break
                stack.pop()
                key = ""
                if not stack:
                    break
            elif skipping:
                continue
            elif mark == ":":
                key = before
                paths.add(stack[-1] + "." + key if stack and stack[-1] else key)
            else:
                key = ""
        return frozenset(paths)

    def json_keys(self, under: str = "") -> frozenset[str]:
        """Names of the keys directly under a path of `json_paths`.

        Examples
        --------
        >>> sorted(Head(b'{"results": [{"id": 1, "ids": {"x": 2}}]}').json_keys("results[]"))
        ['id', 'ids']
        """
        start = under + "." if under else ""
        keys = (path[len(start) :] for path in self.json_paths if path.startswith(start))
        return frozenset(key for key in keys if "." not in key and "[" not in key)

    @cached_property
    def xml_root(self) -> str | None:
        """Name of the XML root element with its prefix, None where this is no XML."""
        if self.start != "<":
            return None
        text = self.text.lstrip()
        position = 0
        while found := _XML_PROLOGUE.match(text, position):
            position = found.end()
        root = _XML_ROOT.match(text, position + len(text[position:]) - len(text[position:].lstrip()))
        return root.group(1) if root else None

    @cached_property
    def xml_names(self) -> frozenset[str]:
        """Names of all elements that begin here."""
        return frozenset(_XML_NAME.findall(self.text))
