"""The universalisation log in its workspace: every State outside, and one State with all that is known of it."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.models import State
from ccm_portal.core.permissions import require
from committees.domain import joining
from committees.domain.contacts import NextStep, sides_of
from committees.domain.said import WorkRefused
from committees.forms_joining import EntryForm, VoteForm
from committees.forms_workspace import NextStepForm
from committees.models import Body
from committees.rules_workspace import LOG_BODIES, public_votes, visible_contacts, visible_entries, visible_follow_ups
from committees.views.workspace import body_of, frame


def log_body(request: PrivateRequest, key: str) -> Body:
    """Only the bodies of universalisation keep the log."""
    if key not in LOG_BODIES:
        raise Http404
    return body_of(request, key)


@require_safe
@private_page
def joining_list(request: PrivateRequest, key: str) -> HttpResponse:
    body = log_body(request, key)
    on = clock.today()
    newest = joining.newest(visible_entries(request.user))
    met: dict[int, date] = {}
    pairs = visible_contacts(request.user).filter(body=body, with_states__isnull=False).order_by("held_on")
    for state_id, held_on in pairs.values_list("with_states", "held_on"):
        met[state_id] = held_on
    steps: dict[int, list[Any]] = defaultdict(list)
    still = visible_follow_ups(request.user).filter(body=body, done_on=None, state__isnull=False)
    for row in still.order_by("due", "pk"):
        steps[row.state_id].append(row)
    rows = [
        {"state": state, "entry": newest.get(state.pk), "met": met.get(state.pk), "steps": steps[state.pk]}
        for state in joining.outside(on=on)
    ]
    show = request.GET.get("show", "")
    kept = {
        "": rows,
        "signatories": [row for row in rows if joining.is_signatory(row["state"])],
        "open": [row for row in rows if row["steps"]],
        "silent": [row for row in rows if row["met"] is None],
    }
    names = {"": _("All"), "signatories": _("Signatories"), "open": _("Next step open"), "silent": _("No contact yet")}
    context = frame(request, body, "joining-list") | {
        "rows": kept.get(show, rows),
        "lists": [
            {"label": names[name], "url": f"?show={name}" if name else "?", "current": name == show, "count": len(some)}
            for name, some in kept.items()
        ],
    }
    return render(request, "committees/joining_list.html", context)


@private_page
def joining_state(request: PrivateRequest, key: str, state: str) -> HttpResponse:
    """One State: what was learnt, contacts, next steps, votes. ``do`` says what a post is."""
    body = log_body(request, key)
    on = clock.today()
    of = get_object_or_404(State.objects.exclude(pk__in=State.objects.parties_on(on)), slug=state)
    posted = request.POST if request.method == "POST" else None
    do = posted.get("do", "note") if posted is not None else ""
    if posted is not None:
        require(request.user, "committees.write_in_body", body)
    note = posted if do == "note" else None
    form = EntryForm(note, body=body, state=of, initial={"learnt_on": on})
    step = NextStepForm(note, body=body, on=on)
    vote = VoteForm(posted if do == "vote" else None, auto_id="vote_%s", initial={"year": on.year})
    if posted is not None:
        try:
            if told := _do(request, body, of, do, form, step, vote):
                messages.success(request, told)
                return redirect("committees:joining-state", key=key, state=state)
        except WorkRefused as refusal:
            (vote if do == "vote" else form).add_error(None, str(refusal))
    entries = list(visible_entries(request.user).filter(state=of).order_by("-learnt_on", "-pk"))
    contacts = visible_contacts(request.user).filter(body=body, with_states=of).order_by("-held_on", "-pk")
    told_of = contacts.prefetch_related("with_states", "with_organisations")
    context = frame(request, body, "joining-list") | {
        "state": of,
        "entries": entries,
        "newest": entries[0] if entries else None,
        "contacts": [{"contact": one, "sides": sides_of(one)} for one in told_of],
        "steps": visible_follow_ups(request.user).filter(body=body, state=of).order_by("done_on", "due", "pk"),
        "votes": public_votes().filter(state=of).order_by("-year"),
        "form": form,
        "step": step,
        "vote": vote,
    }
    wrong = form.errors or step.errors or vote.errors
    return render(request, "committees/joining_state.html", context, status=422 if wrong else 200)


def _do(
    request: PrivateRequest, body: Body, state: State, do: str, form: EntryForm, step: NextStepForm, vote: VoteForm
) -> str:
    """Carry it out and say so; nothing where a form cannot be accepted."""
    by: dict[str, Any] = {"by": request.user, "at": clock.now()}
    if do in {"show", "hide"}:
        pk = number_of(request.POST.get("entry", ""))
        entry = get_object_or_404(visible_entries(request.user), state=state, pk=pk)
        joining.show_entry(entry=entry, shown=do == "show", **by)
        return _("Everybody can read it now.") if do == "show" else _("Only who works here can read it now.")
    if do == "vote":
        if not vote.is_valid():
            return ""
        cleaned = vote.cleaned_data
        joining.record_vote(
            state=state, year=cleaned["year"], vote=cleaned["vote"], source=cleaned["vote_source"], **by
        )
        return _("Noted. Everybody can read it.")
    if not (form.is_valid() and step.is_valid()):
        return ""
    cleaned, follows = form.cleaned_data, step.cleaned_data
    joining.note_entry(
        body=body,
        state=state,
        learnt=joining.Learnt(
            on=cleaned["learnt_on"],
            step=cleaned["step"],
            position=cleaned["position"],
            obstacles=cleaned["obstacles"],
            source=cleaned["source"],
            is_public=cleaned["is_public"],
        ),
        contact=cleaned["contact"],
        next_step=NextStep(what=follows["what"], owner=follows["owner"], due=follows["due"])
        if follows["what"]
        else None,
        **by,
    )
    return _("Noted.")
