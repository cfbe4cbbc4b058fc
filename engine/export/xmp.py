"""An XMP packet (ISO 16684-1): properties in whatever form they stand, changed where they stand.

A property may be an attribute or an element of any of the packet's rdf:Descriptions, plain, with qualifiers, or in an
rdf:Alt, Seq or Bag. What is not asked to change keeps every byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.export.xml_text import Attribute, Document, Edit, Element, Refused, escaped
from engine.export.xmp_names import NAMESPACES, RDF, XML, expanded, is_opaque

_EMPTY = (
    '<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Chinagraph">\n'
    f' <rdf:RDF xmlns:rdf="{RDF}">\n'
    '  <rdf:Description rdf:about=""/>\n'
    " </rdf:RDF>\n"
    "</x:xmpmeta>\n"
    '<?xpacket end="w"?>\n'
).encode()
_CONTAINERS = frozenset(f"{RDF} {kind}" for kind in ("Alt", "Bag", "Seq"))
_DESCRIPTION, _VALUE, _LI = f"{RDF} Description", f"{RDF} value", f"{RDF} li"
_INDENT = b"\n    "


@dataclass(frozen=True, slots=True)
class Change:
    """One property, before and after."""

    name: str
    old: str | None
    """None where it was absent."""
    new: str | None
    """None where it is removed."""


class Packet:
    """One packet: read it, ask for changes, take the bytes."""

    def __init__(self, source: bytes | None = None) -> None:
        """`source` is a packet or a whole sidecar; None begins an empty one. Raises Refused."""
        self.is_new = source is None
        self.document = Document(_EMPTY if source is None else source, is_opaque)
        self.rdf = _rdf(self.document.root)
        self.descriptions = [child for child in self.rdf.children if child.name == _DESCRIPTION]
        self._places: dict[str, list[Attribute | Element]] = {}
        for description in self.descriptions:
            places: list[Attribute | Element] = [*description.attributes, *description.children]
            for place in places:
                self._places.setdefault(place.name, []).append(place)
        self._wanted: dict[str, str | None] = {}

    def has(self, name: str) -> bool:
        """Whether the packet has the property, as "prefix:Name" of `xmp_names`, whatever its value."""
        return any(self._found(name))

    def get(self, name: str) -> str | None:
        """The value of a property, stripped; of an array its default or first item. None where it is absent."""
        return next((values[0] if values else "" for values in self._values(name)), None)

    def items(self, name: str) -> tuple[str, ...]:
        """All items of an array, wherever it stands; a plain value is one item."""
        return tuple(value for values in self._values(name) for value in values)

    def set(self, name: str, value: str) -> None:
        """Have the property say `value`, in every place where it stands already, else as a new attribute."""
        self._wanted[name] = value

    def remove(self, name: str) -> None:
        """Have the packet without the property."""
        self._wanted[name] = None

    def changes(self) -> tuple[Change, ...]:
        """What was asked for and is not so yet."""
        return tuple(
            Change(name, ", ".join(self.items(name)) if self.has(name) else None, self._wanted[name])
            for name in self.unlike(self._wanted)
        )

    def bytes(self) -> bytes:
        """The packet with what was asked for; the very source where nothing differs. Raises Refused.

        It is read again, so that what leaves is well-formed and says what it should.
        """
        edits: list[Edit] = []
        fresh: list[tuple[str, str]] = []
        for name, value in self._wanted.items():
            if value is None:
                edits += [self._removal(place) for place in self._found(name)]
            elif not self.has(name):
                fresh.append((name, value))
            elif {*self.items(name)} != {value}:
                edits += [edit for place in self._found(name) for edit in _changes(place, value, self.document)]
        if fresh:
            edits += self._added(fresh)
        result = self.document.edited(edits)
        if (Packet(result) if edits else self).unlike(self._wanted):
            raise Refused("it is written in a way that cannot be changed here")
        return result

    def unlike(self, wanted: Mapping[str, str | None]) -> tuple[str, ...]:
        """The properties that do not say what they should, or are there and should not be."""
        return tuple(
            name
            for name, value in wanted.items()
            if (self.has(name) if value is None else {*self.items(name)} != {value})
        )

    def _found(self, name: str) -> Iterator[Attribute | Element]:
        for form in expanded(name):
            yield from self._places.get(form, ())

    def _values(self, name: str) -> Iterator[list[str]]:
        for place in self._found(name):
            if isinstance(place, Attribute):
                yield [place.value.strip()]
            else:
                yield [
                    leaf.value.strip() if isinstance(leaf, Attribute) else leaf.text.strip() for leaf in _leaves(place)
                ]

    def _removal(self, place: Attribute | Element) -> Edit:
        start = place.start if isinstance(place, Attribute) else self.document.space_before(place.start)
        return start, place.end, b""

    def _added(self, fresh: list[tuple[str, str]]) -> list[Edit]:
        """New attributes, each in a description that knows its namespace already, else in the first."""
        homes: dict[int, tuple[Element, list[tuple[str, str]]]] = {}
        for name, value in fresh:
            uri = NAMESPACES[name.partition(":")[0]]
            knowing = (d for d in self.descriptions if any(d.prefixes[p] == uri for p in d.prefixes if p))
            home = next(knowing, self.descriptions[0] if self.descriptions else None)
            if home is None:
                return [self._first_description(fresh)]
            homes.setdefault(home.start, (home, []))[1].append((name, value))
        return [_insertion(home, properties, self.document) for home, properties in homes.values()]

    def _first_description(self, fresh: list[tuple[str, str]]) -> Edit:
        rdf = self.rdf
        prefix = rdf.tag.partition(b":")[0]
        if b":" not in rdf.tag:
            raise Refused("its rdf:RDF has no prefix")
        made = b"<%s:Description %s:about=''%s/>" % (prefix, prefix, _attributes(rdf, fresh, b" "))
        return _filled(rdf, made, self.document) if rdf.is_empty_tag else (rdf.inside, rdf.inside, made)


def _rdf(root: Element) -> Element:
    for element in (root, *root.children):
        if element.name == f"{RDF} RDF":
            return element
    raise Refused("it holds no rdf:RDF")


def _leaves(element: Element) -> list[Element | Attribute]:
    """What holds the value of a property element: itself, its rdf:value, or the items of its array, default first."""
    for child in element.children:
        if child.name in _CONTAINERS:
            items = [leaf for item in child.children if item.name == _LI for leaf in _leaves(item)]
            return sorted(items, key=lambda item: not _is_default(item))
        if child.name == _DESCRIPTION:
            return _leaves(child)
        if child.name == _VALUE:
            return [child]
    return [next((a for a in element.attributes if a.name == _VALUE), element)]


def _is_default(leaf: Element | Attribute) -> bool:
    return isinstance(leaf, Element) and any(
        a.name == f"{XML} lang" and a.value == "x-default" for a in leaf.attributes
    )


def _changes(place: Attribute | Element, value: str, document: Document) -> Iterator[Edit]:
    """The edits that have a property say `value` where it stands, in its own form."""
    leaves = [place] if isinstance(place, Attribute) else _leaves(place)
    if not leaves and isinstance(place, Element):
        array = next(child for child in place.children if child.name in _CONTAINERS)
        tag = array.tag.rpartition(b":")[0] + b":li" if b":" in array.tag else b"li"
        item = b"<%s>%s</%s>" % (tag, escaped(value), tag)
        yield _filled(array, item, document) if array.is_empty_tag else (array.inside, array.inside, item)
    for leaf in leaves:
        if isinstance(leaf, Attribute):
            yield leaf.value_start, leaf.value_end, escaped(value)
        elif leaf.is_empty_tag:
            yield _filled(leaf, escaped(value), document)
        elif not (leaf.children or leaf.hides):
            asides = b"".join(document.data[start:end] for start, end in leaf.asides)
            yield leaf.inside, leaf.inner_end, escaped(value) + asides


def _filled(element: Element, content: bytes, document: Document) -> Edit:
    """<a/> becomes <a>content</a>."""
    tag = document.data[element.start : element.inside]
    opened = tag[: tag.rindex(b"/")].rstrip() + b">"
    return element.start, element.inside, b"%s%s</%s>" % (opened, content, element.tag)


def _insertion(home: Element, properties: list[tuple[str, str]], document: Document) -> Edit:
    """New attributes at the end of a start tag, set apart as those before them are."""
    tag = document.data[home.start : home.inside]
    place = home.start + len(tag[: tag.rindex(b"/" if home.is_empty_tag else b">")].rstrip())
    line = b"\r" + _INDENT if b"\r\n" in document.data else _INDENT
    space = line
    if home.attributes:
        last = home.attributes[-1]
        space = document.data[last.start : last.start + _space(document.data, last.start)]
    return place, place, _attributes(home, properties, space if b"\n" in space else line)


def _space(data: bytes, place: int) -> int:
    """How much white space begins at `place`."""
    return len(data) - place - len(data[place:].lstrip())


def _attributes(home: Element, properties: list[tuple[str, str]], space: bytes) -> bytes:
    """Properties as attributes that may stand in `home`, with the declarations that they need."""
    known = {uri: prefix for prefix, uri in home.prefixes.items() if prefix}
    taken = {*home.prefixes, "xml", "xmlns"}
    declarations, attributes = b"", b""
    for name, value in properties:
        prefix, _, local = name.partition(":")
        uri = NAMESPACES[prefix]
        if uri not in known:
            while prefix in taken:
                prefix += "_"
            known[uri] = prefix
            taken.add(prefix)
            declarations += b'%sxmlns:%s="%s"' % (space, prefix.encode(), uri.encode())
        attributes += b'%s%s:%s="%s"' % (space, known[uri].encode(), local.encode(), escaped(value))
    return declarations + attributes
