"""The agenda desk: the outline to reorder, its time, and how it begins. Private."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import number_of, private_page
from committees.domain.problems import problems_for_agendas
from meetings.domain import agenda_desk, outline, outline_edits, outline_problems, outline_starts
from meetings.domain.agenda_publishing import AgendaChanged, AgendaRefused
from meetings.domain.agenda_reading import desk_items, language_to_write, sittings_of
from meetings.domain.agenda_times import short_text
from meetings.domain.outline_edits import Seen
from meetings.enums import ItemKind
from meetings.forms_agenda import DeskPost, desk_post
from meetings.models import Agenda, AgendaItem, AgendaRevision, Meeting
from meetings.rules import run_meetings, visible_meetings
from meetings.views.acting import MANAGE, meeting_for
from meetings.views.agenda_words import boxes, choices, put_right, sentences

PART = "X-Part"  # the script asks for the desk alone, without the page around it
WAYS = ("up", "down", "in", "out")


@private_page
def agenda_desk_page(request: HttpRequest, key: str) -> HttpResponse:
    meeting = meeting_for(request, key, MANAGE)
    if request.method != "POST":
        return render(request, "meetings/agenda_desk.html", _context(request, meeting))
    named = boxes(desk_items(meeting))
    post = desk_post(request.POST.dict(), [sitting.pk for sitting in sittings_of(meeting)], named)
    try:
        if post.problems:
            raise AgendaRefused(" ".join(post.problems))
        with transaction.atomic():
            at_item = _act(request, meeting, post)
    except AgendaRefused as refusal:
        status = 409 if isinstance(refusal, AgendaChanged) else 422
        return _answer(request, meeting, post, refused=str(refusal), status=status)
    if request.headers.get(PART):
        return _answer(request, meeting)
    anchor = f"#item-{at_item}" if at_item else ""
    return redirect(reverse("meetings:agenda-desk", args=[key]) + anchor)


def _act(request: HttpRequest, meeting: Meeting, post: DeskPost) -> int:
    """Do what was asked, the times on the page first. Returns the item to go back to, or 0."""
    by, at, version = request.user, clock.now(), post.version
    if post.changes or post.per_speaker is not None:
        saved = outline_edits.edit_many(
            Seen(meeting, version, by, at), changes=post.changes, minutes_per_speaker=post.per_speaker
        )
        version = saved.version
    seen = Seen(meeting, version, by, at)
    sent = request.POST
    if post.act in WAYS:
        outline_edits.move(seen, code=post.code, way=post.act)
    elif post.act == "to":
        under, place = number_of(sent.get("under", "")) or None, number_of(sent.get("place", ""))
        outline_edits.move_to(seen, code=post.code, under=under, place=place)
    elif post.act == "sit":
        warnings = agenda_desk.desk(meeting).budget.warnings
        into = next((one.into for one in warnings if one.misplaced and one.misplaced.code == post.code), None)
        if into is None:
            raise AgendaRefused(_("There is no such act."))
        outline_edits.edit(seen, code=post.code, fields={"sitting": into.pk})
    elif post.act == "remove":
        outline_edits.remove(seen, code=post.code)
        return 0
    elif post.act == "add":
        language = language_to_write(meeting)
        fields = {"words": {language: {"title": sent.get("title", "")}}, "kind": sent.get("kind", ItemKind.OTHER)}
        return outline_edits.add(seen, fields=fields)[1]
    elif post.act in ("undo", "redo"):
        getattr(outline, post.act)(meeting=meeting, version=version, by=by, at=at)
    elif post.act == "spread":
        outline_starts.spread_over_sittings(seen)
    elif post.act == "template":
        outline_starts.from_template(seen, key=sent.get("template", ""))
    elif post.act == "from":
        other = _to_begin_from(request.user).filter(key=sent.get("other", "").replace("\x00", "")).first()
        if other is None:
            raise AgendaRefused(_("Choose a meeting from the list."))
        outline_starts.from_meeting(seen, other=other)
    elif post.act == "problem":
        problem = problems_for_agendas(request.user).filter(pk=post.code).first()
        if problem is None:
            raise AgendaRefused(_("This problem is settled, or on an agenda already."))
        return outline_problems.put_on_agenda(seen, problem=problem)
    elif post.act != "save":
        raise AgendaRefused(_("There is no such act."))
    if post.act == "save" and not request.headers.get(PART):
        messages.success(request, _("Saved."))
    return post.code


def _answer(
    request: HttpRequest, meeting: Meeting, post: DeskPost | None = None, *, refused: str = "", status: int = 200
) -> HttpResponse:
    """The page again, or the desk alone for the script."""
    template = "meetings/parts/agenda_desk.html" if request.headers.get(PART) else "meetings/agenda_desk.html"
    context = _context(request, meeting) | {"refused": refused}
    if post:
        context |= {"typed": post.typed, "wrong": post.wrong}
    return render(request, template, context, status=status)


def _context(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    desk = agenda_desk.desk(meeting)
    context = {
        "meeting": meeting,
        "desk": desk,
        "choices": choices([(sitting.pk, short_text(sitting, meeting.time_zone)) for sitting in desk.sittings]),
        "say": sentences(),
        "identified": list(problems_for_agendas(request.user)[:20]),
        "kinds": ItemKind.choices,
        "problems": [
            {"text": warning.text, "href": f"#item-{warning.code}" if warning.code else ""}
            | put_right(warning, meeting.time_zone)
            for warning in desk.budget.warnings
        ],
        "typed": {},
        "wrong": (),
        "words": {
            "saved": _("Saved."),
            "moved": _("Moved."),
            "lost": _("The line to the portal is down. What you typed stays here: try again."),
            "signed_out": _("You are signed out. What you typed stays here: sign in on another page, then try again."),
        },
    }
    if not desk.has_items:
        meetings = _to_begin_from(request.user).order_by("-starts")
        context |= {
            "templates": outline_starts.templates_for(meeting),
            "earlier": outline_starts.copied_from(meetings, meeting),
        }
    return context


def _to_begin_from(user: Any) -> QuerySet[Meeting]:
    """The meetings that have something to begin from: a published agenda that this person may read, or an outline on a
    desk that is theirs. An outline that nobody has published is met on no other desk."""
    published = Q(pk__in=AgendaRevision.objects.values("meeting"))
    on_a_desk = Agenda.objects.filter(pk__in=AgendaItem.objects.values("agenda")).values("meeting")
    own = run_meetings(user).order_by().values("pk")
    return visible_meetings(user).filter(published | Q(pk__in=on_a_desk) & Q(pk__in=own))
