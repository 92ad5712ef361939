"""The analysis as a file: the paper that the meeting reads."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from ccm_portal.core.models import Document
from ccm_portal.core.pdf import order
from ccm_portal.core.pdf.texts import direction_of, printable
from ccm_portal.core.symbols import parse
from ccm_portal.core.writing import date_text
from compliance.domain import benchmarks, request_reading
from compliance.enums import BenchmarkStage
from compliance.models import Analysis, ExtensionRequest, clock_slug


def title_of(request: ExtensionRequest) -> str:
    """In the language of the record."""
    with translation.override("en"):
        return _("Analysis of the request of %(state)s for an extension under Article %(article)s") % {
            "state": request.state.name,
            "article": request_reading.article_of(request.clock),
        }


def name_of(request: ExtensionRequest) -> str:
    """``analysis-lao-pdr-art4-2-en.pdf``"""
    return f"analysis-{request.state.slug}-{clock_slug(request.clock)}-{request.number}-en.pdf"


def next_symbol(before: Document) -> str:
    """That of the next revision."""
    return str(parse(before.symbol).next_revision)


def pdf(analysis: Analysis, *, at: datetime, is_demonstration: bool) -> bytes:
    """On paper, in English.

    :raises NotRendered: if the renderer ran into a limit.
    """
    request = analysis.request
    with translation.override("en"):
        page = order.Page(
            language="en",
            title=title_of(request),
            author=_("Implementation Support Office"),
            at=at.isoformat(),
            head_start=request.meeting.name if request.meeting else "",
            head_end=_("Analysis of a request"),
            foot=request.state.name,
            is_demonstration=is_demonstration,
        )
        rows = benchmarks.rows_of(request, BenchmarkStage.ANALYSIS)
        context = {
            "title": title_of(request),
            "figures": [
                (label, date_text(day))
                for label, day in (
                    (_("Deadline when it was lodged"), request.deadline_then),
                    (_("Asked until"), request.asked_until),
                    (_("Recommended until"), analysis.recommended_until),
                )
                if day
            ],
            "text": printable(analysis.text),
            "text_runs": direction_of(analysis.text),
            "decision": printable(analysis.draft_decision),
            "decision_runs": direction_of(analysis.draft_decision),
            "benchmarks": [(printable(one.text), date_text(one.due)) for one in rows],
        }
    name = f"{request.state.iso3} {clock_slug(request.clock)} {request.number} analysis {at.isoformat()}"
    return order.pdf("compliance/pdf/analysis.html", context, page=page, identifier=name)
