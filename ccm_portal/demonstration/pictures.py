"""Photographs and a text for the demonstration: drawn here, and saying in the picture itself that they are invented."""

import io
from datetime import datetime

from PIL import Image, ImageDraw, ImageFont

from ccm_portal.core.models import User
from reporting.domain.report_files import add_file
from reporting.domain.sections import Seen
from reporting.models import Report, SectionDraft

SIZE = (640, 480)
PAPER, STEEL, INK, MARK = (226, 222, 212), (122, 128, 124), (30, 36, 44), (168, 72, 11)
LAW = """DEMONSTRATION

Decree on the management of unexploded ordnance (invented for this demonstration)

Article 1. Survey, clearance, risk education and assistance are coordinated by one authority.
"""


def enclose(report: Report, *, by: User, at: datetime) -> None:
    """A drawing of each type that the report describes, and the text of its first measure."""
    for section, part, column in (
        ("technical_characteristics", "owned", "photographs"),
        ("national_measures", "measures", "attached"),
    ):
        draft = SectionDraft.objects.select_related("report__state").get(report=report, key=section)
        for row in draft.answers["parts"][part]["rows"]:
            name, content = "decree-demonstration.txt", LAW.encode()
            if column == "photographs":
                said = row["cells"]["type"]["text"]
                name, content = f"{said}-demonstration.png", drawn(said)
            draft = add_file(
                section=draft,
                path=f"{part}.{row['id']}.{column}",
                content=content,
                name=name,
                seen=Seen(version=draft.version),
                by=by,
                at=at,
            ).draft


def drawn(name: str) -> bytes:
    """A ball with a seam, as these submunitions look from the side; no photograph of anything real."""
    image = Image.new("RGB", SIZE, PAPER)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(size=28)
    pen.ellipse((200, 90, 440, 330), fill=STEEL, outline=INK, width=4)
    pen.line((200, 210, 440, 210), fill=INK, width=6)
    for half in (40, 85):
        pen.ellipse((320 - half, 90, 320 + half, 330), outline=INK, width=3)
    pen.line((200, 350, 440, 350), fill=INK, width=3)
    pen.text((320, 390), name, fill=INK, font=font, anchor="mb")
    pen.text((320, 420), "DEMONSTRATION: drawn, not photographed", fill=MARK, font=font, anchor="mm")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def receipt(text: str) -> bytes:
    """A slip of paper with a line of text, for what was paid."""
    image = Image.new("RGB", (480, 160), PAPER)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(size=22)
    pen.text((240, 60), text, fill=INK, font=font, anchor="mm")
    pen.text((240, 110), "DEMONSTRATION: an invented receipt", fill=MARK, font=font, anchor="mm")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
