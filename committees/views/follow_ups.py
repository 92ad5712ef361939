"""What is to be done in a body: the list, one follow-up, saying that it is done."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may, require
from ccm_portal.core.seen import SeenForm
from committees.coming import coming_meetings
from committees.domain import follow_ups, owners
from committees.domain.said import WorkChanged, WorkRefused
from committees.enums import BodyNature
from committees.forms_workspace import EditFollowUpForm, FollowUpForm, OutcomeForm
from committees.models import Body, FollowUp
from committees.rules_workspace import visible_contacts, visible_follow_ups, visible_problems
from committees.views.stale import offered_again
from committees.views.workspace import body_of, frame

DONE_SHOWN = 50


@require_safe
@private_page
def follow_up_list(request: PrivateRequest, key: str) -> HttpResponse:
    """What is open, what is overdue, what is done; the address says which."""
    body = body_of(request, key)
    on = clock.today()
    mine = visible_follow_ups(request.user).filter(body=body)
    still = mine.filter(done_on=None).order_by(F("due").asc(nulls_last=True), "pk")
    lists = {
        "open": (_("Open"), still),
        "overdue": (_("Overdue"), still.filter(due__lt=on)),
        "done": (_("Done"), mine.exclude(done_on=None).order_by("-done_on", "-pk")),
    }
    show = request.GET.get("show")
    show = show if show in lists else "open"
    here = reverse("committees:follow-up-list", args=[body.key])
    context = frame(request, body, "follow-up-list") | {
        "rows": lists[show][1][:DONE_SHOWN] if show == "done" else lists[show][1],
        "show": show,
        "lists": [
            {
                "label": label,
                "url": here if name == "open" else f"{here}?show={name}",
                "current": name == show,
                "count": rows.count(),
            }
            for name, (label, rows) in lists.items()
        ],
    }
    return render(request, "committees/follow_up_list.html", context)


@private_page
def follow_up_new(request: PrivateRequest, key: str) -> HttpResponse:
    """Alone, or after the contact or about the problem that the address names."""
    body = body_of(request, key)
    require(request.user, "committees.write_in_body", body)
    form = FollowUpForm(request.POST if request.method == "POST" else None, body=body, on=clock.today())
    above = _above(request, body)
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            follow_ups.note_follow_up(
                body=body,
                what=cleaned["what"],
                owner=cleaned["owner"],
                due=cleaned["due"],
                by=request.user,
                at=clock.now(),
                **above,
            )
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. Everybody who works here can read it."))
            return redirect(_back(body, above))
    context = frame(request, body, "follow-up-list") | {"form": form, "back": _back(body, above), **above}
    return render(request, "committees/follow_up_new.html", context, status=422 if form.errors else 200)


def _above(request: PrivateRequest, body: Body) -> dict[str, Any]:
    """The contact or problem that the address names."""
    found: dict[str, Any] = {}
    for name, mine in (("contact", visible_contacts), ("problem", visible_problems)):
        number = request.GET.get(name, "")
        if number.isascii() and number.isdigit() and len(number) < 10:
            found[name] = get_object_or_404(mine(request.user), body=body, pk=int(number))
    meeting = request.GET.get("meeting", "")
    if meeting in {one.key for one in coming_meetings(on=clock.today())}:
        found |= {"meeting_key": meeting, "prepares": True}
    return found


def _back(body: Body, above: dict[str, Any]) -> str:
    for name in ("contact", "problem"):
        if name in above:
            return reverse(f"committees:{name}", args=[body.key, above[name].pk])
    if "meeting_key" in above and body.kind.nature == BodyNature.COORDINATION:
        return reverse("committees:preparation", args=[body.key, above["meeting_key"]])
    return reverse("committees:follow-up-list", args=[body.key])


@private_page
def follow_up(request: PrivateRequest, key: str, pk: int) -> HttpResponse:
    """One follow-up: changed here by whoever writes in the body."""
    row = _follow_up(request, key, pk)
    on = clock.today()
    may_write = may(request.user, "committees.write_work", row)
    posted = request.POST if request.method == "POST" else None
    if posted is not None:
        require(request.user, "committees.write_work", row)
    form = EditFollowUpForm(posted, initial=_initial(row), body=row.body, on=on, now=owners.owner_of(row))
    stands = None
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            follow_ups.edit_follow_up(
                follow_up=row,
                what=cleaned["what"],
                owner=cleaned["owner"],
                due=cleaned["due"],
                version=cleaned["version"],
                by=request.user,
                at=clock.now(),
            )
        except WorkChanged as refusal:
            stands = offered_again(form, now=_initial(refusal.now), why=str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("committees:follow-up", key=key, pk=pk)
    context = frame(request, row.body, "follow-up-list") | {
        "row": row,
        "form": form if may_write and (row.done_on is None or form.errors) else None,
        "stands": stands,
        "overdue": row.is_overdue(on),
        "outcome": OutcomeForm(initial={"version": row.version, "outcome": row.outcome}, auto_id="done_%s"),
        "may_do": may(request.user, "committees.do_follow_up", row),
    }
    return render(request, "committees/follow_up.html", context, status=422 if form.errors else 200)


@private_page
@require_POST
def follow_up_done(request: PrivateRequest, key: str, pk: int) -> HttpResponse:
    """It is done, or, with ``do=reopen``, it is not."""
    row = _follow_up(request, key, pk)
    require(request.user, "committees.do_follow_up", row)
    reopen = request.POST.get("do") == "reopen"
    form = SeenForm(request.POST) if reopen else OutcomeForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        if reopen:
            follow_ups.reopen(follow_up=row, version=version, by=request.user, at=clock.now())
        else:
            outcome = request.POST.get("outcome", "")
            follow_ups.finish(follow_up=row, outcome=outcome, version=version, by=request.user, at=clock.now())
    except WorkRefused as refusal:
        return _refused(request, row, str(refusal))
    messages.success(request, _("It is open again.") if reopen else _("Done."))
    return redirect("committees:follow-up", key=key, pk=pk)


def _refused(request: PrivateRequest, row: FollowUp, why: str) -> HttpResponse:
    """The page again, with what was typed of the outcome."""
    row.refresh_from_db()
    again = OutcomeForm({"version": row.version, "outcome": request.POST.get("outcome", "")}, auto_id="done_%s")
    again.add_error(None, why)
    context = frame(request, row.body, "follow-up-list") | {
        "row": row,
        "form": None,
        "outcome": again,
        "overdue": row.is_overdue(clock.today()),
        "may_do": True,
    }
    return render(request, "committees/follow_up.html", context, status=422)


def _follow_up(request: PrivateRequest, key: str, pk: int) -> FollowUp:
    return get_object_or_404(visible_follow_ups(request.user), body__key=key, pk=pk)


def _initial(row: Any) -> dict[str, Any]:
    owner = owners.owner_of(row)
    key = owners.key_of(owner)
    return {
        "what": row.what,
        "owner": key,
        "owner_name": "" if key else owner.name,
        "due": row.due,
        "version": row.version,
    }
