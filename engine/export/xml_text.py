"""XML in which everything has its place, so that one part can be changed while every other byte stays as it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.parsers import expat

LARGEST = 64 << 20
"""Bytes. XMP is some kilobytes; with painted masks it may be a few megabytes."""
_DEEPEST = 256
_LOOKED_INTO = 2
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
"""How XML without a byte order mark begins (XML 1.0, appendix F)."""
_DECLARED = re.compile(rb"""^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_KNOWN = re.compile(r"utf-?8|(us-)?ascii|iso-?8859-\d+|windows-125\d|latin-?1", re.IGNORECASE)
_TAG = re.compile(rb"""<([^\s/>]+)(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(/?)>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
_SPACE = b" \t\r\n"
Edit: TypeAlias = tuple[int, int, bytes]
"""From, to, and what shall stand there, in bytes of `Document.data`."""


class Refused(ValueError):
    """Not well-formed, in an unknown encoding, too large, or with a document type: why, in a few words."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute that is no declaration of a namespace."""

    name: str
    """"URI local", or the bare local name where there is no namespace."""
    value: str
    start: int
    """Where the white space before it begins."""
    value_start: int
    """Behind the quotation mark."""
    value_end: int
    end: int
    """Behind the closing quotation mark."""


@dataclass(slots=True, eq=False)
class Element:
    """One element and where its parts stand."""

    name: str
    """"URI local"."""
    tag: bytes
    """As it is written, with its prefix."""
    prefixes: Mapping[str, str]
    """The prefixes that mean something inside it: prefix -> URI."""
    data: bytes
    """The document that it stands in."""
    values: list[str]
    """Names and values of its attributes, in turn."""
    start: int
    inside: int
    """Behind its start tag."""
    is_empty_tag: bool
    """<a/>"""
    inner_end: int = -1
    """Where its end tag begins."""
    end: int = -1
    children: list[Element] = field(default_factory=list)
    hides: bool = False
    """Whether there are elements in it that nobody looks into."""
    pieces: list[str] = field(default_factory=list)
    asides: list[tuple[int, int]] = field(default_factory=list)
    """Where comments and processing instructions stand in it."""
    _attributes: tuple[Attribute, ...] | None = None

    @property
    def text(self) -> str:
        """Its own character data, without that of its children."""
        return "".join(self.pieces)

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """Its attributes with their places, looked for when somebody asks: of most elements nobody does."""
        if self._attributes is None:
            written = [
                found
                for found in _ATTRIBUTE.finditer(self.data, self.start, self.inside)
                if found[1] != b"xmlns" and not found[1].startswith(b"xmlns:")
            ]
            pairs = zip(self.values[::2], self.values[1::2], strict=True)
            self._attributes = tuple(
                Attribute(name, value, found.start(), found.start(2) + 1, found.end() - 1, found.end())
                for found, (name, value) in zip(written, pairs, strict=True)
            )
        return self._attributes


class Document:
    """A document that is well-formed and declares no type, hence no entities."""

    def __init__(self, source: bytes, is_opaque: Callable[[str], bool] = lambda _: False) -> None:
        """`is_opaque` says by their names which elements nobody looks into; the two outermost are looked into always.

        Raises Refused.
        """
        if len(source) > LARGEST:
            raise Refused(f"it is larger than {LARGEST >> 20} MB")
        self.source = source
        self._bom, self._encoding, text = _decoded(source)
        self.data = text.encode("utf-8")
        """In UTF-8 without a byte order mark; all places are counted in it."""
        self.root = _Builder(self.data, is_opaque).root

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The document with every edit made, in its own encoding; the very source where there is none."""
        wanted = sorted(edits, key=lambda edit: edit[:2])
        if not wanted:
            return self.source
        parts, at = [], 0
        for start, end, replacement in wanted:
            parts += [self.data[at:start], replacement]
            at = end
        data = b"".join([*parts, self.data[at:]])
        return self._bom + (data if self._encoding == "utf-8" else data.decode("utf-8").encode(self._encoding))

    def space_before(self, place: int) -> int:
        """Where the white space that ends at `place` begins."""
        while place > 0 and self.data[place - 1] in _SPACE:
            place -= 1
        return place


def escaped(text: str) -> bytes:
    """Text as it may stand in an element or in an attribute of either quotation mark."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&apos;")):
        text = text.replace(character, entity)
    return text.encode("utf-8")


def _decoded(source: bytes) -> tuple[bytes, str, str]:
    """(byte order mark, encoding, text)."""
    bom, encoding = next(((mark, name) for mark, name in _BOMS if source.startswith(mark)), (b"", ""))
    body = source[len(bom) :]
    if not encoding:
        encoding = next((name for begin, name in _UNMARKED if body.startswith(begin)), "")
    if not encoding:
        declared = _DECLARED.match(body[:200])
        encoding = "utf-8" if declared is None else declared[1].decode("ascii").lower()
        if not _KNOWN.fullmatch(encoding):
            raise Refused(f"it is in {encoding}, which is unknown here")
    try:
        codec = codecs.lookup(encoding).name
        return bom, codec, body.decode(codec)
    except (LookupError, UnicodeDecodeError) as cause:
        raise Refused(f"its bytes are not {encoding}") from cause


class _Builder:
    """Reads a document once and notes where everything stands."""

    def __init__(self, data: bytes, is_opaque: Callable[[str], bool]) -> None:
        self._data = data
        self._is_opaque = is_opaque
        self._closed = False
        """Whether the innermost open element is opaque."""
        self._deep = 0
        """How many elements are open inside of it."""
        self._open: list[Element] = []
        self._scopes: list[dict[str, str]] = [{}]
        self._fresh: dict[str, str] = {}
        root: list[Element] = []
        self._roots = root
        # The encoding that a declaration speaks of is not the one of `data`.
        parser = self._parser = expat.ParserCreate("utf-8", " ")
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartNamespaceDeclHandler = self._declare
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(data, True)
        except expat.ExpatError as cause:
            reason = expat.errors.messages[cause.code]
            raise Refused(f"it is not well-formed: {reason}, line {cause.lineno}") from cause
        self.root = root[0]

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self._fresh[prefix or ""] = uri or ""

    def _start(self, name: str, attributes: list[str]) -> None:
        if len(self._open) + self._deep >= _DEEPEST:
            raise Refused(f"its elements lie more than {_DEEPEST} deep in each other")
        if self._closed:
            self._open[-1].hides = True
            self._deep += 1
            self._fresh = {}
            # What nobody asks for is not even handed over: painted masks are long.
            self._parser.CharacterDataHandler = None
            return
        scope = self._scopes[-1]
        if self._fresh:
            scope, self._fresh = {**scope, **self._fresh}, {}
        self._scopes.append(scope)
        start = self._parser.CurrentByteIndex
        tag = _TAG.match(self._data, start)
        if tag is None:
            raise Refused("one of its tags cannot be followed")
        element = Element(name, tag[1], scope, self._data, attributes, start, tag.end(), bool(tag[2]))
        (self._open[-1].children if self._open else self._roots).append(element)
        self._open.append(element)
        self._closed = len(self._open) > _LOOKED_INTO and self._is_opaque(name)

    def _end(self, _name: str) -> None:
        if self._deep:
            self._deep -= 1
            return
        self._closed = False
        self._parser.CharacterDataHandler = self._characters
        element = self._open.pop()
        self._scopes.pop()
        if element.is_empty_tag:
            element.inner_end = element.end = element.inside
        else:
            element.inner_end = self._parser.CurrentByteIndex
            element.end = self._data.index(b">", element.inner_end) + 1

    def _characters(self, text: str) -> None:
        self._open[-1].pieces.append(text)

    def _comment(self, _text: str) -> None:
        self._aside(b"-->")

    def _instruction(self, _target: str, _text: str) -> None:
        self._aside(b"?>")

    def _aside(self, ending: bytes) -> None:
        if self._open:
            start = self._parser.CurrentByteIndex
            self._open[-1].asides.append((start, self._data.index(ending, start) + len(ending)))

    def _doctype(self, *_declared: object) -> None:
        raise Refused("it declares a document type, through which entities could reach other files")
