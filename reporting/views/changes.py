"""What changed between two filed versions of a State's reports, and what is told of a recalled one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from ccm_portal.core.http import public_page
from ccm_portal.core.views.marks import mark
from reporting.domain import comparing
from reporting.models import HEAVY, ReportVersion, load_public_copies
from reporting.rules import published_reports, published_versions, recalled_reports


@public_page(mark)
def report_changes(request: HttpRequest, state: str, slug: str, number: int) -> HttpResponse:
    """A version beside another of the same State; ``?since=2024-v1`` names which."""
    report = published_reports().filter(state__slug=state, slug=slug).first()
    if report is None:
        return recalled_notice(request, state, slug)
    of_state = list(published_versions().filter(report__state=report.state_id).defer(*HEAVY))
    version = next((one for one in of_state if one.report_id == report.pk and one.number == number), None)
    if version is None:
        raise Http404
    asked = request.GET.get("since", "")
    since = comparing.named(asked, of_state) if asked else comparing.earlier(version, of_state)
    if asked and since is None:
        raise Http404
    context = {
        "report": report,
        "version": version,
        "since": since,
        "since_label": comparing.label_of(since) if since else "",
        "one_report": since is not None and since.report_id == report.pk,
        "newer": max((one.number for one in of_state if one.report_id == report.pk), default=number) > number,
        "choices": comparing.choices(version, of_state, chosen=since),
        "difference": _difference(since, version) if since else None,
    }
    return render(request, "reporting/report_changes.html", context)


def _difference(since: ReportVersion, version: ReportVersion) -> comparing.Difference:
    load_public_copies([since, version])
    return comparing.public_difference(since, version, get_language() or "en")


def recalled_notice(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    """That a report was recalled, when and why: nothing else of it. 410 tells programs that it was here and is gone,
    so that search engines let go of it at once.

    :raises Http404: if there is no such recalled report.
    """
    report = get_object_or_404(recalled_reports(), state__slug=state, slug=slug)
    versions = ReportVersion.objects.filter(report=report).order_by("number")
    context = {
        "report": report,
        "receipts": list(versions.values_list("receipt_number", flat=True)),
        "twin": published_reports().filter(state=report.state_id, kind=report.kind, year=report.year).first(),
    }
    answer = render(request, "reporting/report_recalled.html", context, status=410)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def recalled_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The same for whoever follows the number of a receipt.

    :raises Http404: if no recalled report has it.
    """
    version = get_object_or_404(
        ReportVersion.objects.select_related("report__state").only("report__slug", "report__state__slug"),
        receipt_number=number,
        report__in=recalled_reports(),
    )
    return recalled_notice(request, version.report.state.slug, version.report.slug)


def gone_if_recalled(view: Callable[..., HttpResponseBase]) -> Callable[..., Any]:
    """A file of a report that was recalled answers like the report's page, not as if it had never been.

    It stands under ``public_page``. What is missing for any other reason stays 404.
    """

    @wraps(view)
    def file(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, **kwargs)
        except Http404:
            if "slug" in kwargs:
                return recalled_notice(request, kwargs["state"], kwargs["slug"])
            return recalled_receipt(request, kwargs["number"].upper())

    return file
