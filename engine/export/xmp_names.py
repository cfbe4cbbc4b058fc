"""The names of XMP properties that Chinagraph knows, by the prefix that everybody gives their namespace."""

from __future__ import annotations

from functools import cache

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = "http://www.w3.org/XML/1998/namespace"
NAMESPACES = {
    "acdsee": "http://ns.acdsee.com/iptc/1.0/",
    "chinagraph": "urn:chinagraph:xmp:1.0/",
    "crs": "http://ns.adobe.com/camera-raw-settings/1.0/",
    "darktable": "http://darktable.sf.net/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "MicrosoftPhoto": "http://ns.microsoft.com/photo/1.0/",
    "photomechanic": "http://ns.camerabits.com/photomechanic/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpDM": "http://ns.adobe.com/xmp/1.0/DynamicMedia/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
}
"""Prefix -> URI. The prefix is what we write; a file may give the same namespace another one."""


_ALSO = {"MicrosoftPhoto": "http://ns.microsoft.com/photo/1.0"}
"""Namespaces that are found under two names: Windows and Exiv2 write the one, exiftool the other."""


_LOOKED_INTO = frozenset({RDF, *_ALSO.values(), *NAMESPACES.values()}) - {NAMESPACES["crs"], NAMESPACES["xmpMM"]}
_ALSO_OPAQUE = frozenset(f"{NAMESPACES['darktable']} {name}" for name in ("history", "masks_history"))


@cache
def is_opaque(name: str) -> bool:
    """Whether nobody here looks into an element "URI local": develop settings, histories, and all that is unknown."""
    return name.rpartition(" ")[0] not in _LOOKED_INTO or name in _ALSO_OPAQUE


@cache
def expanded(name: str) -> tuple[str, ...]:
    """ "xmp:Rating" -> "URI Rating", the forms in which `xml_text` may have a name."""
    prefix, _, local = name.partition(":")
    return tuple(f"{uri} {local}" for uri in (NAMESPACES[prefix], _ALSO.get(prefix)) if uri is not None)
