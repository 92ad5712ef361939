"""The President's report is issued, and read by everybody."""

import json

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.domain.documents import DocumentRefused
from ccm_portal.core.enums import DocumentKind
from ccm_portal.core.http import PrivateRequest, public_page
from ccm_portal.core.pdf.process import NotRendered
from ccm_portal.core.permissions import require
from ccm_portal.core.seen import stands_now
from ccm_portal.core.symbols import SymbolRefused
from ccm_portal.core.views.fresh import asks_again, signed_in_just_now, to_sign_in_again
from ccm_portal.core.views.marks import mark
from ccm_portal.core.workflow import TransitionRefused
from committees.domain.said import WorkChanged, WorkRefused
from compliance.domain import report_issue
from compliance.enums import AccountStatus
from compliance.forms_account import IssueForm
from compliance.models import IssuedReport, PresidentReport
from compliance.views.president_report import account_page
from meetings.domain import paper_reading, papers
from meetings.domain.agenda_reading import language_to_write


@account_page
def account_issue(request: PrivateRequest, account: PresidentReport) -> HttpResponse:
    """The last step: a symbol, the language, and it is everybody's."""
    require(request.user, "compliance.lead_account", account)
    if account.status != AccountStatus.AGREED:
        raise Http404
    if request.method != "POST" and not signed_in_just_now(request):  # nothing is taken back from what everybody reads
        return to_sign_in_again(request.path)
    meeting = account.meeting
    posted = request.POST if request.method == "POST" else None
    initial = {
        "version": account.version,
        "symbol": papers.free_symbol(meeting, DocumentKind.OTHER),
        "language": language_to_write(meeting),
    }
    form = IssueForm(posted, meeting=meeting, initial=initial)
    if posted is not None and form.is_valid() and not asks_again(request, form):
        try:
            report_issue.issue(
                account=account,
                **form.cleaned_data,
                by=request.user,
                at=clock.now(),
                is_demonstration=settings.DEMONSTRATION,
            )
        except WorkChanged as refusal:
            stands_now(form, refusal.now.version)
            form.add_error(None, str(refusal))
        except (WorkRefused, TransitionRefused, DocumentRefused, SymbolRefused) as refusal:
            form.add_error(None, str(refusal))
        except NotRendered:
            form.add_error(None, _("The PDF could not be made. Nothing is issued. Try again."))
        else:
            messages.success(request, _("The report is issued. Everybody can read it now."))
            return redirect("compliance:issued-report", key=meeting.key)
    context = {"account": account, "form": form}
    return render(request, "compliance/account_issue.html", context, status=422 if posted is not None else 200)


@public_page(mark)
def issued_report(request: HttpRequest, key: str) -> HttpResponse:
    """The report as it was issued: agreed words alone."""
    related = IssuedReport.objects.select_related("meeting", "document")
    issued = get_object_or_404(related, meeting__key=key)
    content = json.loads(issued.content)
    text = issued.document.texts.filter(replaced_at=None).exclude(published_at=None).select_related("file").first()
    context = {
        "issued": issued,
        "content": content,
        "paper": paper_reading.address(issued.document),
        "pdf": paper_reading.text_address(issued.document, text) if text else "",
        "runs": "rtl" if get_language_info(content["language"])["bidi"] else "ltr",
    }
    return render(request, "compliance/issued_report.html", context)
