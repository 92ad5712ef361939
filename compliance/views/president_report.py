"""The President's report while it is written: its lead's, and the second reader's. Nobody else is told of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.permissions import may
from ccm_portal.core.seen import stands_now
from ccm_portal.core.workflow import TransitionRefused
from committees.domain.said import WorkChanged, WorkRefused
from compliance import forms_account as forms
from compliance.domain import president_report, report_second
from compliance.domain.case_people import presiding
from compliance.domain.formal_meeting import next_meetings
from compliance.domain.restricted import held_word, restricted_in
from compliance.enums import AccountStatus, PassageStatus
from compliance.models import PresidentReport, ReportPassage
from compliance.rules import led_cases, visible_cases
from compliance.rules_account import visible_accounts, visible_passages
from meetings.models import Meeting
from meetings.rules import public_meetings

View = Callable[..., HttpResponse]
REFUSALS = (WorkRefused, TransitionRefused)


def account_page(view: View) -> View:
    """A page of a draft at an address with ``<slug:key>``: 404 to everybody who does not read it. Called as
    ``view(request, account, …)``."""

    @private_page
    @wraps(view)
    def page(request: PrivateRequest, *, key: str, **kwargs: Any) -> HttpResponse:
        account = get_object_or_404(visible_accounts(request.user), meeting__key=key)
        try:
            return view(request, account, **kwargs)
        except ObjectDoesNotExist as gone:  # it was taken from them, or a case of it was, while they typed
            raise Http404 from gone

    return page


@private_page
def accounts(request: PrivateRequest) -> HttpResponse:
    """The reports that this person leads or looks at; for the President, the meetings that wait for one."""
    own = list(visible_accounts(request.user).order_by("-meeting__starts"))
    presides = may(request.user, "compliance.open_case", None)
    if not own and not presides:
        raise Http404
    waiting: list[Meeting] = []
    if presides:
        begun = {account.meeting_id for account in own}
        waiting = [one for one in next_meetings(on=clock.today()) if one.pk not in begun]
    return render(request, "compliance/account_list.html", {"accounts": own, "waiting": waiting})


@private_page
@require_POST
def account_begin(request: HttpRequest, key: str) -> HttpResponse:
    """The President begins the report to a meeting."""
    if not may(request.user, "compliance.open_case", None):
        raise Http404
    meeting = get_object_or_404(public_meetings(), key=key)
    try:
        account = president_report.begin(meeting=meeting, by=request.user, at=clock.now())
    except WorkRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("compliance:account-list")
    return redirect(_at(account))


@account_page
def account(request: PrivateRequest, account: PresidentReport) -> HttpResponse:
    """What stands in it, passage by passage, and what this person can do next."""
    return _page(request, account)


@account_page
@require_POST
def account_act(request: PrivateRequest, account: PresidentReport, act: str) -> HttpResponse:
    """What changes the whole report: refreshed, sent, sent back, agreed to, taken up again, handed over."""
    if act not in ACTS:
        raise Http404
    operation, kind, name = ACTS[act]
    form = _form(kind, request, account, request.POST)
    if not form.is_valid():
        return _page(request, account, **{name: form})
    try:
        operation(account=account, **form.cleaned_data, by=request.user, at=clock.now())
    except WorkChanged as refusal:
        stands_now(form, refusal.now.version)
        form.add_error(None, str(refusal))
        return _page(request, visible_accounts(request.user).get(pk=account.pk), **{name: form})
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return _page(request, account, **{name: form})
    messages.success(request, _("Saved."))
    return redirect("compliance:account-list" if act == "hand-over" else _at(account))


@account_page
def passage(request: PrivateRequest, account: PresidentReport, pk: int) -> HttpResponse:
    """One passage in other words."""
    found = get_object_or_404(visible_passages(request.user, account), pk=pk)
    posted = request.POST if request.method == "POST" else None
    initial = {"heading": found.heading, "words": found.words, "version": found.version}
    form = forms.PassageForm(posted, initial=initial)
    if posted is not None and form.is_valid():
        try:
            president_report.redact(passage=found, **form.cleaned_data, by=request.user, at=clock.now())
        except WorkChanged as refusal:
            stands_now(form, refusal.now.version)
            form.add_error(None, str(refusal))
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{_at(account)}#passage-{pk}")
    context = {"account": account, "passage": found, "form": form}
    return render(request, "compliance/passage.html", context, status=422 if posted is not None else 200)


@account_page
@require_POST
def passage_settle(request: PrivateRequest, account: PresidentReport, pk: int) -> HttpResponse:
    """Agree to a passage as it stands, or leave it out."""
    found = get_object_or_404(visible_passages(request.user, account), pk=pk)
    act = president_report.leave_out if request.POST.get("act") == "leave_out" else president_report.agree_passage
    try:
        act(passage=found, version=number_of(request.POST.get("version", "")), by=request.user, at=clock.now())
    except WorkChanged:
        messages.error(request, _("The passage was changed after you opened the page. Read it again, then decide."))
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{_at(account)}#passage-{pk}")


ACTS: dict[str, tuple[Callable[..., Any], type[forms.SeenForm], str]] = {
    "refresh": (president_report.refresh, forms.SeenForm, "refresh_form"),
    "around": (president_report.say_around, forms.AroundForm, "around_form"),
    "add": (president_report.add_passage, forms.AddPassageForm, "add_form"),
    "send": (report_second.send, forms.ReaderForm, "reader_form"),
    "agree": (report_second.agree, forms.SeenForm, "agree_form"),
    "back": (report_second.send_back, forms.BackForm, "back_form"),
    "take-up": (report_second.take_up, forms.SeenForm, "take_up_form"),
    "hand-over": (report_second.hand_over, forms.HandOverForm, "hand_form"),
}


def _form(kind: type[forms.SeenForm], request: PrivateRequest, account: PresidentReport, data: Any = None) -> Any:
    initial: dict[str, Any] = {"version": account.version}
    if kind is forms.AroundForm:
        initial |= {"opening": account.opening, "closing": account.closing}
    extra: dict[str, Any] = {}
    if kind is forms.AddPassageForm:
        extra = {"cases": led_cases(request.user).order_by("state__iso3", "opened_at")}
    elif kind is forms.HandOverForm:
        extra = {"readers": list(presiding(on=clock.today(), but=request.user))}
    elif kind is forms.ReaderForm:
        extra = {"readers": report_second.possible_readers(request.user)}
    return kind(data, initial=initial, **extra)


def _page(request: PrivateRequest, account: PresidentReport, **sent: Any) -> HttpResponse:
    leads = may(request.user, "compliance.lead_account", account)
    passages = list(visible_passages(request.user, account))
    written = account.status == AccountStatus.DRAFT
    context: dict[str, Any] = {
        "account": account,
        "passages": _told(passages, request, warn=leads and written),
        "leads": leads,
        "written": written,
        "open_passages": any(one.status in (PassageStatus.PROPOSED, PassageStatus.REDACTED) for one in passages),
        "refused": next((form for form in sent.values() if form.errors), None),
    }
    if leads and written:
        wanted: tuple[str, ...] = ("around", "add", "send", "hand-over")
    elif leads and account.status != AccountStatus.ISSUED:
        wanted = ("hand-over",)
    else:
        wanted = ("back",) if account.status == AccountStatus.SECOND_LOOK and not leads else ()
    for act in wanted:
        kind, name = ACTS[act][1:]
        context[name] = sent.get(name) or _form(kind, request, account)
    return render(request, "compliance/account.html", context, status=422 if sent else 200)


def _told(passages: list[ReportPassage], request: PrivateRequest, *, warn: bool) -> list[dict[str, Any]]:
    """Each passage, and to its lead the word that it may not hold."""
    words = restricted_in(visible_cases(request.user)) if warn else []
    return [{"passage": one, "word": held_word(f"{one.heading}\n{one.words}", words)} for one in passages]


def _at(account: PresidentReport) -> str:
    return reverse("compliance:account", kwargs={"key": account.meeting.key})
