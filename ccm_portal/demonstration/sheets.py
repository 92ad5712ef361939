"""Papers of demonstration meetings: one small page a language, that says itself what it is."""

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
LANGUAGES = {
    "ar": "Arabic",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "ru": "Russian",
    "zh-hans": "Chinese",
}


def sheet(symbol: str, language: str, *, note: str = "") -> bytes:
    """A PDF of one page with the symbol, the language and that it is a demonstration. Every call of the same words
    gives the same bytes."""
    lines = [
        (18, 770, symbol or "Without a symbol"),
        (12, 740, f"{LANGUAGES[language]} version{', ' + note if note else ''}"),
        (12, 700, "DEMONSTRATION: this page stands for a paper. Its content is invented."),
    ]
    drawn = "\n".join(f"BT /F1 {size} Tf 60 {height} Td ({_escaped(text)}) Tj ET" for size, height, text in lines)
    content = drawn.encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>",
        FONT,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, written in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(made)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
