"""What a file is, by its bytes; and pictures, drawn anew."""

import io
import struct
import zlib
from functools import partial

import pytest
from PIL import Image

from ccm_portal.core import pictures
from ccm_portal.core.file_kinds import JPEG, PICTURES, PNG, SCANS, FileRefused, kind_of
from ccm_portal.core.files import checked_kind
from tests.reporting.pictures import EXCEL, OPEN_TEXT, PDF, WORD, packed, photograph, picture


def refusal(content: bytes, judge=kind_of) -> str:
    with pytest.raises(FileRefused) as refused:
        judge(content)
    return str(refused.value)


def test_files_are_known_by_what_is_in_them():
    given = [
        PDF,
        picture(kind="PNG"),
        picture(kind="JPEG"),
        picture(kind="GIF"),
        picture(kind="WEBP"),
        WORD,
        EXCEL,
        OPEN_TEXT,
        "Décret n° 12, ກົດໝາຍ".encode(),
        "\ufeffA law.\r\n".encode(),
    ]

    assert [kind_of(content).rpartition(".")[2].rpartition("/")[2] for content in given] == [
        "pdf",
        "png",
        "jpeg",
        "gif",
        "webp",
        "document",
        "sheet",
        "text",
        "plain",
        "plain",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"\n\t <!DOCTYPE html><p>",
        b"A text at first <SCRIPT src=//x>",
        b'<?xml version="1.0"?><svg/>',
        b"#!/bin/sh\nrm -rf /",
        b"MZ\x90\x00\x03",
        b"\x7fELF\x02\x01",
        b"%!PS-Adobe-3.0",
        b"{\\rtf1\\ansi}",
        b"\xff\xfeA\x00",
        b"a null \x00 inside",
        b"Rar!\x1a\x07\x00",
    ],
)
def test_what_can_run_or_is_not_known_is_refused(content):
    assert refusal(content) == (
        "Only PDF, pictures (JPEG, PNG, GIF, WebP), plain text, Word, Excel and OpenDocument files can be taken."
    )


def test_a_refusal_names_what_is_taken_there_whatever_was_brought():
    zipped, old_word, locked = packed({"a.exe": b"MZ"}), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", PDF + b" /Encrypt 5 0 R"
    brought = (b"<svg/>", b"A text.", locked, zipped, old_word)

    def told(kinds):
        return [refusal(content, partial(checked_kind, kinds=kinds)) for content in brought]

    pictures_only = "Only pictures can be taken here: JPEG, PNG, GIF or WebP. This file is something else."
    scans_only = "Only PDF, PNG and JPEG files can be taken. This file is something else."
    protected = "This PDF is protected by a password. Save it without one, then upload it again."
    assert refusal(PDF, partial(checked_kind, kinds=PICTURES)) == pictures_only
    assert told(PICTURES) == [pictures_only] * 5
    assert told(SCANS) == [scans_only, scans_only, protected, scans_only, scans_only]


def test_packed_files_are_refused_when_they_hide_run_or_swell():
    macros = packed({"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b"x"})
    bomb = packed({"[Content_Types].xml": b"", "word/document.xml": b"\0" * 80_000_000})
    many = packed({"[Content_Types].xml": b"", "word/document.xml": b""} | {f"{n}": b"" for n in range(2_001)})
    locked = bytearray(WORD)
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        locked[locked.index(mark) + (6 if mark[2] == 3 else 8)] |= 1

    assert [
        refusal(content)
        for content in (
            b"",
            packed({"a.exe": b"MZ"}),
            macros,
            bomb,
            many,
            bytes(locked),
            WORD[:40],
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old .doc",
            PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 5 0 R"),
        )
    ] == [
        "This file is empty.",
        "A packed file can only be a Word, Excel or OpenDocument file. Upload the files one by one.",
        "This file holds macros. Save it without them, then upload it again.",
        "This file unpacks to more than the portal takes.",
        "This file unpacks to more than the portal takes.",
        "This file is protected by a password. Save it without one, then upload it again.",
        "This file is damaged. Save it again, then upload it.",
        "This file is protected by a password. Save it without one, then upload it again.",
        "This is a file of the old kind (.doc or .xls). Save it as .docx, .xlsx or PDF.",
        "This PDF is protected by a password. Save it without one, then upload it again.",
    ]


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_photograph_is_drawn_anew_upright_and_without_what_the_camera_noted():
    kept, kind = pictures.redrawn(photograph((80, 40), upright=6), JPEG)

    assert kind == JPEG
    assert (opened(kept).size, dict(opened(kept).getexif()), opened(kept).info.get("icc_profile")) == (
        (40, 80),
        {},
        None,
    )
    assert [word in kept for word in (b"CAMERA", b"script", b"Exif")] == [False, False, False]
    assert pictures.redrawn(kept, JPEG)[1] == JPEG


def test_pictures_become_no_larger_than_a_page_shows():
    wide, _ = pictures.redrawn(picture((5_000, 100)), JPEG)
    clear = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(clear, "PNG")
    flat, kind = pictures.redrawn(clear.getvalue(), PNG)

    assert opened(wide).size == (2_400, 48)
    assert (kind, opened(flat).mode, opened(flat).getpixel((0, 0))) == (PNG, "RGB", (255, 255, 255))
    assert {pictures.redrawn(picture(kind=k), f"image/{k.lower()}")[1] for k in ("WEBP", "JPEG")} == {JPEG}
    assert {pictures.redrawn(picture(kind=k), f"image/{k.lower()}")[1] for k in ("PNG", "GIF")} == {PNG}


def flood(wide: int, high: int) -> bytes:
    """A PNG of a few bytes that says it has so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked():
    def judge(content):
        return pictures.redrawn(content, PNG)

    assert refusal(flood(10_000, 5_001), judge) == (
        "This picture has 51 million pixels; at most 50 million can be taken."
    )
    damaged = "This picture is damaged or cannot be read. Save it again, then upload it."
    assert [
        refusal(content, judge)
        for content in (flood(60_000, 60_000), b"\x89PNG\r\n\x1a\n" + b"x" * 50, b"\x89PNG\r\n\x1a\n")
    ] == [
        damaged,
        damaged,
        damaged,
    ]
