"""From finished HTML to a PDF file, with no network, no files and no database.

Run as a program it reads an order (JSON) from standard input and writes the PDF to standard output. It is started
by `ccm_portal.core.pdf.process` in a process of its own, within limits of time and memory. It imports nothing of ours.

    {"html": …, "css": …, "identifier": …, "at": …, "pictures": {…},
     "attachments": [{"name": …, "description": …, "text": …}, …]}
"""

import base64
import gc
import io
import json
import os
import pwd
import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pydyf
import weasyprint
from PIL import Image
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

VARIANT = "pdf/a-3a"
PICTURE = "picture:"  # before the fingerprint of a picture that came with the order

# What says "this is also PDF/UA-1", with the description of the namespace that PDF/A demands.
UNIVERSAL_ACCESS = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates which part of ISO 14289 is used</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


class Nothing(URLFetcher):
    """Fetches nothing, from nowhere: a document of ours refers to nothing outside its own order, and in that to
    nothing but the pictures that came with it."""

    def __init__(self, pictures: dict[str, str] | None = None) -> None:
        super().__init__()
        self.pictures = pictures or {}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        packed = self.pictures.get(url.removeprefix(PICTURE)) if url.startswith(PICTURE) else None
        if packed is None:
            raise ValueError("Nothing is fetched for a document.")
        return URLFetcherResponse(url, base64.b64decode(packed), {"Content-Type": "image/jpeg"})


def document(order: dict[str, Any], *, fetcher: URLFetcher | None = None) -> bytes:
    """The PDF of an order."""
    fetcher = fetcher or Nothing(order.get("pictures"))
    fonts = FontConfiguration()
    at = datetime.fromisoformat(order["at"])
    page = weasyprint.HTML(string=order["html"], url_fetcher=fetcher)
    sheet = weasyprint.CSS(string=order["css"], url_fetcher=fetcher, font_config=fonts)
    attachments = [
        weasyprint.Attachment(
            file_obj=io.BytesIO(attached["text"].encode()),
            name=attached["name"],
            description=attached["description"],
            created=at,
            modified=at,
            relationship="Source",
            url_fetcher=fetcher,
        )
        for attached in order["attachments"]
    ]
    pdf = page.write_pdf(
        stylesheets=[sheet],
        attachments=attachments,
        font_config=fonts,
        pdf_variant=VARIANT,
        pdf_identifier=order["identifier"].encode(),
        finisher=_finish,
    )
    return bytes(pdf)


def _finish(_document: Any, pdf: Any) -> None:
    _say_universal_access(pdf)
    _give_every_glyph_a_meaning(pdf)


def _say_universal_access(pdf: Any) -> None:
    """Add the PDF/UA identification; the metadata stay readable without decompression, as PDF/A wants."""
    reference = pdf.catalog["Metadata"]
    number = int((reference.decode() if isinstance(reference, bytes) else str(reference)).split()[0])
    metadata = pdf.objects[number]
    metadata.compress = False
    end = metadata.stream[0].rindex(b"</rdf:RDF>")
    metadata.stream[0] = metadata.stream[0][:end] + UNIVERSAL_ACCESS + b"\n" + metadata.stream[0][end:]


def _give_every_glyph_a_meaning(pdf: Any) -> None:
    """A sign drawn from several glyphs has its letters on the first; the others get a space without width."""
    for thing in pdf.objects:
        lines = getattr(thing, "stream", None)
        if lines and b"begincmap" in lines:
            thing.stream = [line[:-2] + b"<200b>" if line.endswith(b"> <>") else line for line in lines]


def _unambiguous(stream: pydyf.Stream) -> bytes:
    """A stream whose last byte is a carriage return ends with a whole CR LF, so that nobody counts its own last byte
    to the end of the line."""
    written = bytes(_as_written(stream))
    return written.removesuffix(END) + b"\r" + END if written.endswith(b"\r" + END) else written


END = b"\nendstream"
_as_written = pydyf.Stream.data.fget
pydyf.Stream.data = property(_unambiguous)


# The program


def confine(*, seconds: int, megabytes: int) -> None:
    """Limit this process: processor time, memory, no files written, no dumps, no root."""
    memory = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _leave_root()


def _leave_root() -> None:
    """Go on as `nobody`, where that account can read the libraries."""
    if os.geteuid() != 0:
        return
    nobody = pwd.getpwnam("nobody")
    os.setgroups([])
    os.setegid(nobody.pw_gid)
    os.seteuid(nobody.pw_uid)
    readable = os.access(Path(weasyprint.__file__), os.R_OK, effective_ids=True)
    os.seteuid(0)
    if readable:
        os.setresgid(nobody.pw_gid, nobody.pw_gid, nobody.pw_gid)
        os.setresuid(nobody.pw_uid, nobody.pw_uid, nobody.pw_uid)


# What the interpreter itself reports when something tries to reach out. A second wall behind the fetcher.
REFUSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "urllib.", "ftplib.", "http.")
# The interpreter, its libraries, fonts.
OWN = tuple(
    os.path.realpath(folder) + os.sep for folder in (sys.prefix, sys.base_prefix, "/usr/share", "/usr/lib", "/lib")
)


def _wall(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(REFUSED):
        raise PermissionError(f"{event} is not for the renderer")
    if event == "open" and isinstance(arguments[0], str | bytes):
        path = os.path.realpath(os.fsdecode(arguments[0]))
        if not path.startswith(OWN):
            raise PermissionError("the renderer opens no files but its own")


def _ready_for_pictures() -> None:
    """Load now what is else loaded with the first picture: behind the wall it may be out of reach."""
    Image.preinit()
    URLFetcherResponse(PICTURE, b"", {"Content-Type": "image/jpeg"})


def main() -> None:
    limits = json.loads(sys.argv[1])
    order = json.load(sys.stdin.buffer)
    _ready_for_pictures()
    confine(**limits)
    gc.disable()  # the process is short, and its memory limited
    sys.addaudithook(_wall)
    sys.stdout.buffer.write(document(order))


if __name__ == "__main__":
    main()
