"""Small files for tests: real pictures, drawn here, and documents that are packed like the real ones."""

import io
import zipfile

from PIL import Image


def picture(size=(64, 48), kind="JPEG", colour=(120, 90, 60), *, exif: Image.Exif | None = None) -> bytes:
    out = io.BytesIO()
    more = {"exif": exif} if exif else {}
    Image.new("RGB", size, colour).save(out, kind, **more)
    return out.getvalue()


def photograph(size=(80, 40), *, upright: int = 1) -> bytes:
    """A photograph whose camera noted where it was taken, by whom, and how it was held."""
    exif = Image.Exif()
    exif[0x0112] = upright
    exif[0x010F] = "CAMERA-OF-A-PERSON"
    exif.get_ifd(0x8825)[2] = (17.0, 58.0, 12.0)
    return picture(size, exif=exif) + b"TRAILING <script>alert(1)</script>"


def packed(names: dict[str, bytes], *, pack=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", pack) as box:
        for name, content in names.items():
            box.writestr(name, content)
    return out.getvalue()


WORD = packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
EXCEL = packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"})
OPEN_TEXT = packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"})
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
