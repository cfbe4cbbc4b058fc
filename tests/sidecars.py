"""Sidecars for the tests, of the shapes that programs leave, and the programs of others that read ours.

attributes, elements     the least there is, in either form
lightroom, darktable, digikam, exiftool_written, photo_mechanic
                         develop settings, history, keywords and all
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XMP = "http://ns.adobe.com/xap/1.0/"


def attributes(**properties: object) -> str:
    """A sidecar with properties of the xmp namespace as attributes: `attributes(rating=3, label="Red")`."""
    said = "".join(f' xmp:{name.capitalize()}="{value}"' for name, value in properties.items())
    return _wrapped(f'<rdf:Description rdf:about="" xmlns:xmp="{XMP}"{said}/>')


def elements(**properties: object) -> str:
    """The same as elements."""
    said = "".join(f"<xmp:{name.capitalize()}>{value}</xmp:{name.capitalize()}>" for name, value in properties.items())
    return _wrapped(f'<rdf:Description rdf:about="" xmlns:xmp="{XMP}">{said}</rdf:Description>')


def _wrapped(description: str) -> str:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">{description}</rdf:RDF></x:xmpmeta>'


_LIGHTROOM = """   <xmpMM:History>
    <rdf:Seq>
     <rdf:li stEvt:action="saved" stEvt:changed="/metadata" stEvt:when="2026-05-02T10:11:12+02:00"/>
    </rdf:Seq>
   </xmpMM:History>
   <dc:subject>
    <rdf:Bag>
     <rdf:li>Lac Léman</rdf:li>
     <rdf:li>boats &amp; sails</rdf:li>
    </rdf:Bag>
   </dc:subject>
   <lr:hierarchicalSubject>
    <rdf:Bag>
     <rdf:li>places|Lac Léman</rdf:li>
    </rdf:Bag>
   </lr:hierarchicalSubject>
   <dc:title>
    <rdf:Alt>
     <rdf:li xml:lang="x-default">Evening</rdf:li>
     <rdf:li xml:lang="fr">Soir</rdf:li>
    </rdf:Alt>
   </dc:title>
   <crs:ToneCurvePV2012>
    <rdf:Seq>
     <rdf:li>0, 0</rdf:li>
     <rdf:li>255, 255</rdf:li>
    </rdf:Seq>
   </crs:ToneCurvePV2012>
   <crs:Look crs:Name="Adobe Color"/>
"""
"""Its arrays and structures."""


def lightroom(rating: int | None = 2, label: str | None = "Yellow", pick: int | None = None) -> bytes:
    """One description, an attribute a line, then arrays and structures; a packet with room behind it."""
    said = [
        'xmp:ModifyDate="2026-05-02T10:11:12+02:00"',
        'xmp:CreatorTool="Lightroom 13"',
        *([] if rating is None else [f'xmp:Rating="{rating}"']),
        *([] if label is None else [f'xmp:Label="{label}"', f'photoshop:LabelColor="{label.lower()}"']),
        *([] if pick is None else [f'xmpDM:pick="{pick}"']),
        'crs:Version="15.4"',
        'crs:Exposure2012="+0.35"',
        'crs:Texture="&quot;12&quot;"',
        'crs:HasSettings="True"',
        'xmpMM:DocumentID="xmp.did:0aa0"',
    ]
    lines = "\n".join(f"   {line}" for line in said)
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 7.0">
 <rdf:RDF xmlns:rdf="{RDF}">
  <rdf:Description rdf:about=""
    xmlns:xmp="{XMP}"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
    xmlns:xmpDM="http://ns.adobe.com/xmp/1.0/DynamicMedia/"
    xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
    xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
    xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
{lines}>
{_LIGHTROOM}  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
{" " * 100}
<?xpacket end="w"?>""".replace(
        "<x:xmpmeta", '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta', 1
    ).encode()


def darktable(rating: int = 1, labels: Sequence[int] = ()) -> bytes:
    """An XML declaration, attributes of several programs' namespaces, a history of modules."""
    items = "".join(f"\n     <rdf:li>{label}</rdf:li>" for label in labels)
    colours = f"<rdf:Seq>{items}\n    </rdf:Seq>" if labels else "<rdf:Seq/>"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="{RDF}">
  <rdf:Description rdf:about=""
    xmlns:xmp="{XMP}"
    xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
    xmlns:darktable="http://darktable.sf.net/"
   xmp:Rating="{rating}"
   xmpMM:DerivedFrom="IMG_1.CR3"
   darktable:xmp_version="5"
   darktable:raw_params="0"
   darktable:auto_presets_applied="1"
   darktable:history_end="1">
   <darktable:masks_history>
    <rdf:Seq/>
   </darktable:masks_history>
   <darktable:history>
    <rdf:Seq>
     <rdf:li
      darktable:num="0"
      darktable:operation="exposure"
      darktable:enabled="1"
      darktable:params="gz02eJxjYGBg"/>
    </rdf:Seq>
   </darktable:history>
   <darktable:colorlabels>
    {colours}
   </darktable:colorlabels>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
""".encode()


def digikam(rating: int = 3, pick: int = 0, colour: int = 0) -> bytes:
    """Attributes, tags as a Seq with slashes, Windows' rating in per cent beside the stars."""
    percent = {0: 0, 1: 1, 2: 25, 3: 50, 4: 75, 5: 99}[rating]
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="{RDF}">
  <rdf:Description rdf:about=""
    xmlns:digiKam="http://www.digikam.org/ns/1.0/"
    xmlns:MicrosoftPhoto="http://ns.microsoft.com/photo/1.0/"
    xmlns:acdsee="http://ns.acdsee.com/iptc/1.0/"
    xmlns:xmp="{XMP}"
   digiKam:PickLabel="{pick}"
   digiKam:ColorLabel="{colour}"
   MicrosoftPhoto:Rating="{percent}"
   acdsee:rating="{rating}"
   xmp:Rating="{rating}">
   <digiKam:TagsList>
    <rdf:Seq>
     <rdf:li>People/Zoë</rdf:li>
    </rdf:Seq>
   </digiKam:TagsList>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>""".encode()


def exiftool_written(rating: int = 2) -> bytes:
    """A description for each namespace, single quotation marks, elements; two of them speak of another `about`."""
    return f"""<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x='adobe:ns:meta/' x:xmptk='Image::ExifTool 12.57'>
<rdf:RDF xmlns:rdf='{RDF}'>
<!-- by hand -->
 <rdf:Description rdf:about='uuid:1'
  xmlns:dc='http://purl.org/dc/elements/1.1/'>
  <dc:creator>
   <rdf:Seq>
    <rdf:li>Ann O&apos;Nymous</rdf:li>
   </rdf:Seq>
  </dc:creator>
 </rdf:Description>

 <rdf:Description rdf:about=''
  xmlns:xap='{XMP}'>
  <xap:Rating>{rating}</xap:Rating>
 </rdf:Description>
 <rdf:Description rdf:about='uuid:1' xmlns:odd='http://example.org/odd/'>
  <odd:thing rdf:parseType='Resource'><odd:a>1</odd:a><!-- kept --><?odd kept?></odd:thing>
 </rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end='r'?>""".encode()


def photo_mechanic(tagged: bool = False, colour: int = 3, rating: int = 0) -> bytes:
    """Windows line ends, and a second account of tag, class and stars."""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="{RDF}">
  <rdf:Description rdf:about=""
    xmlns:xmp="{XMP}"
    xmlns:photomechanic="http://ns.camerabits.com/photomechanic/1.0/"
   xmp:Rating="{rating}"
   photomechanic:ColorClass="{colour}"
   photomechanic:Tagged="{tagged}"
   photomechanic:Prefs="{int(tagged)}:{colour}:{rating}:008771"
   photomechanic:PMVersion="PM6"/>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>""".replace("\n", "\r\n").encode()


def meaning(packet: bytes, without: Sequence[str] = ()) -> dict[str, list[str]]:
    """What a packet says, by an independent parser: "{URI}name" of each property -> its values as canonical XML.

    Properties of the namespaces `without` are left out.
    """
    start = packet.find(b"<x:xmpmeta") if packet[:2] not in (b"\xff\xfe", b"\xfe\xff") else 0
    root = ET.fromstring(packet[start:].rpartition(b">")[0] + b">" if start else packet)
    found: dict[str, list[str]] = {}
    for description in root.iter(f"{{{RDF}}}Description"):
        for name, value in description.attrib.items():
            found.setdefault(name, []).append(value)
        for child in description:
            child.tail = None
            text = ET.canonicalize(ET.tostring(child, "unicode"), strip_text=True)
            found.setdefault(child.tag, []).append(text)
    return {name: values for name, values in found.items() if name[1:].partition("}")[0] not in without}


def exiftool(path: Path) -> dict[str, Any]:
    """What exiftool reads, by group and name: {"XMP-xmp:Rating": 3}."""
    return json.loads(_run("exiftool", "-j", "-G1", "-n", "-struct", str(path)))[0]


def exiftool_write(path: Path, *assignments: str) -> None:
    """Have exiftool write tags into a file, or make a sidecar of them."""
    _run("exiftool", "-q", "-overwrite_original", *assignments, str(path))


def exiv2(path: Path) -> dict[str, str]:
    """What exiv2 reads of XMP: {"Xmp.xmp.Rating": "3"}."""
    lines = _run("exiv2", "-q", "-PXkv", str(path)).splitlines()
    return {key: value.strip() for key, _, value in (line.partition(" ") for line in lines)}


def _run(program: str, *arguments: str) -> str:
    need(program)
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def need(program: str) -> None:
    """Skip the test where a program of others is not to be had; on Debian, `make test` installs it, and it must be."""
    if shutil.which(program) is None:
        if sys.platform == "linux" and shutil.which("apt-get") is not None:
            pytest.fail(f"{program} is missing: `make test` installs it (libimage-exiftool-perl, exiv2).")
        pytest.skip(f"{program} is not installed here")
