"""The draft report of a meeting as a file: DOCX to edit, PDF to hand round; and kept as a paper."""

import io
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from docx import Document as Docx
from docx.document import Document as DocumentOfWord
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from ccm_portal.core.domain.document_texts import NewText
from ccm_portal.core.domain.documents import Issuer
from ccm_portal.core.enums import DocumentKind
from ccm_portal.core.models import Document, User
from ccm_portal.core.pdf import order
from ccm_portal.core.pdf.texts import direction_of, printable
from meetings.domain import papers
from meetings.domain.agenda_reading import language_to_write, languages_of
from meetings.domain.meeting_report import Draft, assemble
from meetings.models import Meeting


def language_of(meeting: Meeting, asked: str = "") -> str:
    """The language asked for, if the meeting works in it; else the reader's, English, or the meeting's first."""
    return asked if asked in languages_of(meeting) else language_to_write(meeting)


def docx(meeting: Meeting, *, language: str, at: datetime) -> bytes:
    """A file to be edited: headings, numbered paragraphs, decisions set in. The same facts give the same text."""
    with translation.override(language):
        draft = assemble(meeting, at=at)
    rtl = bool(get_language_info(language)["bidi"])
    file = Docx()
    file.core_properties.title, file.core_properties.author = draft.title, "Implementation Support Office"
    file.core_properties.language = language
    file.core_properties.created = file.core_properties.modified = at.replace(tzinfo=None)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    _paragraph(file, draft.title, rtl=rtl, style="Title")
    for section in draft.sections:
        _paragraph(file, section.title, rtl=rtl, style="Heading 1")
        for one in section.paragraphs:
            _paragraph(file, f"{one.number}.\t{one.text}", rtl=rtl)
            if one.quoted:
                for line in one.quoted.splitlines():
                    _paragraph(file, line, rtl=rtl, indent=True, italic=True)
            for line in one.lines:
                _paragraph(file, line, rtl=rtl, indent=True)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _paragraph(
    file: DocumentOfWord, text: str, *, rtl: bool, style: str = "Normal", indent: bool = False, italic: bool = False
) -> None:
    paragraph = file.add_paragraph(style=style)
    run = paragraph.add_run(printable(text))
    run.italic = italic or None
    if indent:
        paragraph.paragraph_format.left_indent = Cm(1.25)
    if rtl:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT  # the start of the line, in a paragraph that runs from the right
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        run._r.get_or_add_rPr().append(_marked("w:rtl"))


def _marked(name: str) -> object:
    element = OxmlElement(name)
    element.set(qn("w:val"), "1")
    return element


def pdf(meeting: Meeting, *, language: str, at: datetime, is_demonstration: bool) -> bytes:
    """The same on paper.

    :raises NotRendered: if the renderer ran into a limit.
    """
    with translation.override(language):
        draft = assemble(meeting, at=at)
        page = order.Page(
            language=language,
            title=draft.title,
            author=_("Implementation Support Office"),
            at=at.isoformat(),
            head_start=meeting.name,
            head_end=_("Draft report"),
            foot=meeting.short_name,
            is_demonstration=is_demonstration,
        )
        context = {"title": printable(draft.title), "sections": _printable(draft)}
    return order.pdf(
        "meetings/pdf/report.html", context, page=page, identifier=f"{meeting.key} report {at.isoformat()} {language}"
    )


def _printable(draft: Draft) -> list[dict[str, object]]:
    return [
        {
            "title": section.title,
            "paragraphs": [
                {
                    "number": one.number,
                    "text": printable(one.text),
                    "lines": [(printable(line), direction_of(line)) for line in one.lines],
                    "quoted": printable(one.quoted),
                    "quoted_runs": direction_of(one.quoted),
                }
                for one in section.paragraphs
            ],
        }
        for section in draft.sections
    ]


@transaction.atomic
def keep(*, meeting: Meeting, language: str, by: User, at: datetime) -> Document:
    """Keep the draft as a paper of the meeting, under its next symbol. It is not public until it is published.

    :raises DocumentRefused, FileRefused, SymbolRefused: as for entering any paper.
    """
    content = docx(meeting, language=language, at=at)
    with translation.override(language):
        title = assemble(meeting, at=at).title
    return papers.enter(
        meeting=meeting,
        codes=(),
        title=title,
        kind=DocumentKind.REPORT,
        language=language,
        symbol=papers.free_symbol(meeting, DocumentKind.REPORT),
        issuers=[Issuer(name="Implementation Support Office")],
        texts=[NewText(language=language, title=title, name=file_name(meeting, language), content=content)],
        by=by,
        at=at,
    )


def file_name(meeting: Meeting, language: str, ending: str = "docx") -> str:
    """``14msp-report-en.docx``"""
    return f"{meeting.key}-report-{language}.{ending}"
