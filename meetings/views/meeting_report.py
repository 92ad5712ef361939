"""For whoever runs a meeting: its report, assembled, to read, to take away and to keep as a paper."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.domain.documents import DocumentRefused
from ccm_portal.core.file_kinds import DOCX, PDF, FileRefused
from ccm_portal.core.http import private_page
from ccm_portal.core.pdf.process import NotRendered
from ccm_portal.core.symbols import SymbolRefused
from ccm_portal.core.views.giving_out import given
from meetings.domain import meeting_report, report_files
from meetings.models import Meeting
from meetings.views.decisions_desk import deciding_meeting


@private_page
@require_safe
def report_page(request: HttpRequest, key: str) -> HttpResponse:
    meeting, language = _asked(request, key)
    with override(language):
        draft = meeting_report.assemble(meeting, at=clock.now())
    context = {"meeting": meeting, "draft": draft, "language": language, "languages": meeting.languages or ["en"]}
    return render(request, "meetings/meeting_report.html", context)


@private_page
@require_safe
def report_docx(request: HttpRequest, key: str) -> HttpResponse:
    meeting, language = _asked(request, key)
    content = report_files.docx(meeting, language=language, at=clock.now())
    return given(content, report_files.file_name(meeting, language), kind=DOCX)


@private_page
@require_safe
def report_pdf(request: HttpRequest, key: str) -> HttpResponse:
    meeting, language = _asked(request, key)
    try:
        content = report_files.pdf(meeting, language=language, at=clock.now(), is_demonstration=settings.DEMONSTRATION)
    except NotRendered:
        messages.error(request, _("The PDF could not be made. Take the DOCX file meanwhile."))
        return redirect("meetings:meeting-report", key)
    return given(content, report_files.file_name(meeting, language, "pdf"), kind=PDF)


@private_page
@require_POST
def report_keep(request: HttpRequest, key: str) -> HttpResponse:
    """The office says that this is the draft: it becomes a paper of the meeting, not yet public."""
    meeting, language = _asked(request, key)
    try:
        kept = report_files.keep(meeting=meeting, language=language, by=request.user, at=clock.now())
    except (DocumentRefused, FileRefused, SymbolRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("The draft is kept as %(symbol)s. It is not public until it is published.") % {"symbol": kept},
        )
    return redirect("meetings:meeting-report", key)


def _asked(request: HttpRequest, key: str) -> tuple[Meeting, str]:
    meeting = deciding_meeting(request, key)
    sent = request.POST if request.method == "POST" else request.GET
    return meeting, report_files.language_of(meeting, sent.get("lang", ""))
