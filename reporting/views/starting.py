"""Starting a report: what stands in its way, and starting it from a file."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import clock
from ccm_portal.core.models import State, User
from ccm_portal.core.permissions import may
from ccm_portal.core.writing import listed
from reporting.domain.imports import Imported, ImportRefused, Told, import_draft, read_file
from reporting.enums import ReportKind, ReportStatus
from reporting.form.misfits import Problem
from reporting.forms import StartForm
from reporting.models import Report
from reporting.rules import own_reports


def recalled_of(user: User, here: State) -> list[Report]:
    """What one's State has recalled and not put back, latest first. One query."""
    return list(own_reports(user).filter(state=here, status=ReportStatus.RECALLED).order_by("-recalled_at", "pk"))


def met(request: HttpRequest, here: State, *, kind: str, year: object) -> dict[str, Any]:
    """What the portal holds already of the report that is about to be started: ``begun``, its draft or what was filed,
    is said at once instead of the form; ``recalled`` before the form. A State may report voluntarily several times."""
    same = [
        report
        for report in own_reports(request.user).filter(state=here, kind=kind).order_by("-recalled_at", "pk")
        if kind == ReportKind.INITIAL or str(report.year) == str(year)
    ]
    recalled = [report for report in same if report.status == ReportStatus.RECALLED]
    standing = [report for report in same if report.status != ReportStatus.RECALLED]
    if request.method == "POST" or kind == ReportKind.VOLUNTARY or not standing:
        return {"recalled": recalled if kind != ReportKind.VOLUNTARY else []}
    begun = min(standing, key=lambda report: report.status != ReportStatus.FILED)
    return {
        "begun": begun,
        "may_correct": begun.status == ReportStatus.FILED and may(request.user, "reporting.correct_report", begun),
    }


def start_from_file(request: HttpRequest, here: State, form: StartForm, *, heading: str) -> HttpResponse:
    """Take the file in, or show every problem with it beside the form as it was filled."""
    sent = form.cleaned_data["file"]
    try:
        told = read_file(data=sent.read(), name=sent.name, state=here)
        _refuse_other(told, kind=form.cleaned_data["kind"], year=form.cleaned_data.get("year"))
        done = import_draft(told=told, by=request.user, at=clock.now())
    except ImportRefused as refusal:
        context = {"state": here, "form": form, "heading": heading, "name": sent.name, "problems": refusal.problems}
        return render(request, "reporting/draft_start.html", context)
    report = done.report
    if done.already:
        messages.info(request, _("What is in this file is in the portal already. Nothing was changed."))
    else:
        messages.success(request, _summary(done))
    if report.status == ReportStatus.DRAFT:
        return redirect(report.get_draft_url())
    return redirect(report.get_receipt_url())


def _refuse_other(told: Told, *, kind: str, year: int | None) -> None:
    asked, found = Report(kind=kind, year=year), Report(kind=told.kind, year=told.year)
    if (asked.kind, asked.year) != (found.kind, found.year):
        sentence = _("You start this: %(asked)s. The file is another: %(found)s.") % {
            "asked": asked.title,
            "found": found.title,
        }
        raise ImportRefused([Problem("/kind", "", sentence)])


def _summary(done: Imported) -> str:
    """What was read, and what was not in the file."""
    answers, rows, sections = done.told.counts
    said = [
        _("Read from %(name)s: %(answers)s in %(sections)s, %(rows)s.")
        % {
            "name": done.told.name,
            "answers": ngettext("%(count)s answer", "%(count)s answers", answers) % {"count": answers},
            "sections": ngettext("%(count)s section", "%(count)s sections", sections) % {"count": sections},
            "rows": ngettext("%(count)s row of tables", "%(count)s rows of tables", rows) % {"count": rows},
        }
    ]
    if done.silent:
        said.append(_("The file says nothing of: %(sections)s.") % {"sections": listed(done.silent, strong=True)})
    if done.told.left_out:
        said.append(_("Parts for States Parties only are not in the file. Add them where they belong."))
    return " ".join(said)
