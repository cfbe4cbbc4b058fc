"""XMP packets: every form is read, a property changes where it stands, and every other byte stays."""

from __future__ import annotations

import difflib

import pytest

from engine.export.xml_text import Refused
from engine.export.xmp import Change, Packet
from tests import sidecars
from tests.sidecars import RDF, XMP

SHAPES = {
    "lightroom": sidecars.lightroom(),
    "darktable": sidecars.darktable(),
    "digikam": sidecars.digikam(),
    "exiftool": sidecars.exiftool_written(),
    "photo mechanic": sidecars.photo_mechanic(),
}


def packet(inner: str, *, scope: str = f'xmlns:xmp="{XMP}"') -> bytes:
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">'
        f'<rdf:Description rdf:about="" {scope}>{inner}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def with_set(source: bytes, **properties: str | None) -> bytes:
    """`source` with xmp:... properties set, or removed for None."""
    asked = Packet(source)
    for name, value in properties.items():
        if value is None:
            asked.remove(f"xmp:{name}")
        else:
            asked.set(f"xmp:{name}", value)
    return asked.bytes()


def touched(before: bytes, after: bytes) -> list[tuple[bytes, bytes]]:
    """(old, new) of every stretch of bytes that differs."""
    changes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(before[a:b], after[c:d]) for kind, a, b, c, d in changes if kind != "equal"]


@pytest.mark.parametrize(
    "inner",
    [
        "<xmp:Rating>3</xmp:Rating>",
        "<xmp:Rating>\n 3 \n</xmp:Rating>",
        "<xmp:Rating><![CDATA[3]]></xmp:Rating>",
        "<xmp:Rating><!-- three -->3</xmp:Rating>",
        '<xmp:Rating rdf:parseType="Resource"><rdf:value>3</rdf:value><xmp:by>me</xmp:by></xmp:Rating>',
        "<xmp:Rating><rdf:Description><rdf:value>3</rdf:value></rdf:Description></xmp:Rating>",
        '<xmp:Rating rdf:value="3" xmp:by="me"/>',
        "<xmp:Rating><rdf:Bag><rdf:li>3</rdf:li></rdf:Bag></xmp:Rating>",
        '<xmp:Rating><rdf:Alt><rdf:li xml:lang="d"/><rdf:li xml:lang="x-default">3</rdf:li></rdf:Alt></xmp:Rating>',
        '<xmp:Rating xml:lang="en">3</xmp:Rating>',
    ],
)
def test_every_form_is_read_and_keeps_its_form(inner):
    source = packet(inner)
    assert Packet(source).get("xmp:Rating") == "3"
    after = with_set(source, Rating="5")
    assert Packet(after).get("xmp:Rating") == "5"
    assert set(Packet(after).items("xmp:Rating")) == {"5"}
    assert after.count(b"<xmp:Rating") == 1
    assert b"me" not in source or b"me" in after
    assert b"three" not in source or b"three" in after
    assert after.count(b"xml:lang") == source.count(b"xml:lang")
    assert Packet(with_set(after, Rating=None)).get("xmp:Rating") is None


@pytest.mark.parametrize("name", SHAPES)
def test_changing_a_rating_changes_its_digit_and_no_other_byte(name):
    source = SHAPES[name]
    before = Packet(source).get("xmp:Rating")
    after = with_set(source, Rating="5")
    assert touched(source, after) == [(before.encode(), b"5")]


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_added_is_added_in_one_place_and_taken_out_without_a_trace_elsewhere(name):
    source = SHAPES[name]
    added = Packet(source)
    added.set("chinagraph:Stars", "4")
    added.set("xmpDM:good", "True")
    after = added.bytes()
    assert all(old == b"" for old, _ in touched(source, after))
    assert sidecars.meaning(after, ["urn:chinagraph:xmp:1.0/"]) == {
        **sidecars.meaning(source),
        "{http://ns.adobe.com/xmp/1.0/DynamicMedia/}good": ["True"],
    }
    gone = Packet(after)
    gone.remove("chinagraph:Stars")
    gone.remove("xmpDM:good")
    assert sidecars.meaning(gone.bytes()) == sidecars.meaning(source)


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encoding_and_byte_order_mark_stay(name, encoding):
    declared = (' encoding="UTF-8"', f' encoding="{encoding.upper()}"')
    source = SHAPES[name].decode().replace(*declared).encode(encoding)
    after = with_set(source, Rating="5", Label="Red")
    plain = with_set(SHAPES[name], Rating="5", Label="Red").decode()
    assert after.decode(encoding) == plain.replace(*declared)
    assert after[:4] == source[:4]
    assert Packet(after).items("dc:subject") == Packet(source).items("dc:subject")


def test_a_declared_single_byte_encoding_stays():
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>' + packet("<xmp:Label>Grün</xmp:Label>").decode()
    after = with_set(text.encode("latin-1"), Rating="5")
    assert "Grün".encode("latin-1") in after
    assert Packet(after).get("xmp:Label") == "Grün"
    assert Packet(after).get("xmp:Rating") == "5"


def test_line_ends_of_windows_stay_and_new_lines_end_so_too():
    after = with_set(sidecars.photo_mechanic(), Rating="4", Label="Red")
    assert b"\n" not in after.replace(b"\r\n", b"")
    without = sidecars.attributes().replace("><", ">\r\n<").encode()
    assert b"\n" not in with_set(without, Label="Red").replace(b"\r\n", b"")


def test_a_property_in_two_places_says_the_same_afterwards():
    twice = packet("<xmp:Rating>2</xmp:Rating>").replace(
        b"</rdf:RDF>", f'<rdf:Description rdf:about="x" xmlns:a="{XMP}" a:Rating="3"/></rdf:RDF>'.encode()
    )
    assert Packet(twice).items("xmp:Rating") == ("2", "3")
    after = Packet(with_set(twice, Rating="4"))
    assert after.items("xmp:Rating") == ("4", "4")
    assert Packet(with_set(twice, Rating=None)).has("xmp:Rating") is False


def test_a_foreign_prefix_is_used_and_a_taken_one_avoided():
    other = packet("<xmp:odd>1</xmp:odd>", scope='xmlns:xmp="http://example.org/"')
    after = with_set(other, Rating="3")
    assert Packet(after).get("xmp:Rating") == "3"
    assert b"<xmp:odd>1</xmp:odd>" in after
    assert f'xmlns:xmp_="{XMP}"'.encode() in after
    renamed = packet("<q:Label>Red</q:Label>", scope=f'xmlns:q="{XMP}"')
    assert b' q:Rating="3"' in with_set(renamed, Rating="3")


def test_values_are_escaped_whatever_the_quotation_marks():
    odd = """<'&">"""
    for source in (
        sidecars.attributes(label="x"),
        sidecars.attributes(label="x").replace('"', "'"),
        sidecars.elements(label="x"),
    ):
        assert Packet(with_set(source.encode(), Label=odd)).get("xmp:Label") == odd
    assert Packet(with_set(sidecars.attributes().encode(), Label=odd)).get("xmp:Label") == odd


@pytest.mark.parametrize(
    "rdf",
    [
        f'<rdf:RDF xmlns:rdf="{RDF}"/>',
        f'<rdf:RDF xmlns:rdf="{RDF}"></rdf:RDF>',
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}"><!-- bare --></rdf:RDF></x:xmpmeta>',
    ],
)
def test_an_empty_packet_gets_a_description(rdf):
    after = with_set(rdf.encode(), Rating="3", Label="Red")
    assert Packet(after).get("xmp:Rating") == "3"
    assert (b"bare" in after) == ("bare" in rdf)


def test_a_new_packet_is_whole():
    made = Packet()
    made.set("xmp:Rating", "3")
    data = made.bytes()
    assert data.startswith(b'<?xpacket begin="\xef\xbb\xbf"')
    assert Packet(data).get("xmp:Rating") == "3"


def test_what_is_so_already_changes_nothing():
    source = sidecars.lightroom()
    asked = Packet(source)
    asked.set("xmp:Rating", "2")
    asked.remove("xmpDM:good")
    assert asked.changes() == ()
    assert asked.bytes() is source
    asked.set("xmp:Label", "Red")
    assert asked.changes() == (Change("xmp:Label", "Yellow", "Red"),)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (b"", "no element"),
        (b"not XML", "not well-formed"),
        (b"<a/>", "rdf:RDF"),
        (sidecars.lightroom()[:-300], "not well-formed"),
        (sidecars.attributes(rating=3).encode() + b"<again/>", "junk"),
        (sidecars.attributes(rating="&unknown;").encode(), "undefined entity"),
        (b"\xff\xfe<", "not"),
        (b'<?xml version="1.0" encoding="rot13"?><a/>', "rot13"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "not"),
        (b"<a>" * 300 + b"</a>" * 300, "deep"),
        (sidecars.attributes(rating=3).encode("latin-1") + b"<!-- \xe9 -->", "not utf-8"),
    ],
)
def test_what_is_no_xmp_is_refused_and_says_why(source, why):
    with pytest.raises(Refused, match=why):
        Packet(source)


def test_entities_are_refused_before_they_reach_anything(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("5")
    body = sidecars.attributes().replace("/></rdf:RDF>", "><xmp:Rating>&x;</xmp:Rating></rdf:Description></rdf:RDF>")
    laughs = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12))
    for declared in (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>',
        f'<!DOCTYPE a SYSTEM "{secret.as_uri()}">',
        f'<!DOCTYPE a [<!ENTITY x0 "5">{laughs}<!ENTITY x "&x11;">]>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>',
        "<!DOCTYPE a>",
    ):
        with pytest.raises(Refused, match="document type"):
            Packet((declared + body).encode())


def test_what_nobody_looks_into_is_kept_and_a_property_that_hides_something_is_not_overwritten():
    scope = (
        f'xmlns:xmp="{XMP}" xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" xmlns:u="http://example.org/u/"'
    )
    inner = (
        "<crs:Clarity>5</crs:Clarity><u:odd>text<xmp:Rating>9</xmp:Rating><u:deep><u:er/></u:deep></u:odd>"
        "<crs:Masks><rdf:Seq><rdf:li>1</rdf:li></rdf:Seq></crs:Masks><xmp:Rating>3</xmp:Rating>"
    )
    source = packet(inner, scope=scope)
    assert Packet(source).get("crs:Clarity") == "5"
    assert Packet(source).items("xmp:Rating") == ("3",)
    assert touched(source, with_set(source, Rating="4")) == [(b"3", b"4")]
    asked = Packet(source)
    asked.set("crs:Masks", "none")
    with pytest.raises(Refused, match="cannot be changed"):
        asked.bytes()
    assert with_set(source, Rating="5").count(b"<rdf:li>1</rdf:li>") == 1
