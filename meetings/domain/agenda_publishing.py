"""Publishing the outline as a numbered revision: frozen as canonical JSON, with its hash in the register."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import plain
from meetings.domain import floor_room, programmes
from meetings.domain.agenda_reading import languages_of, newest_revision, sittings_of
from meetings.models import Agenda, AgendaItem, AgendaRevision, Meeting

FORMAT = 1
LONGEST_NOTE = 1000


class AgendaRefused(Exception):
    """It cannot be done with this agenda. The message is fit to show the user."""


class AgendaChanged(AgendaRefused):
    """Somebody else has changed the outline since the page was opened. ``agenda`` is as it is now."""

    def __init__(self, agenda: Agenda, told: str) -> None:
        super().__init__(told)
        self.agenda = agenda


def content_of(agenda: Agenda) -> dict[str, Any]:
    """The outline as it is frozen: in order, with everything that a reader needs and nothing else. Two queries."""
    rows = list(
        AgendaItem.objects.filter(agenda=agenda)
        .select_related("parent", "lead_body", "lead_state", "about_state")
        .order_by("position", "code")
    )
    return {
        "format": FORMAT,
        "meeting": agenda.meeting.key,
        "languages": languages_of(agenda.meeting),
        "time_zone": agenda.meeting.time_zone,
        "minutes_per_speaker": agenda.minutes_per_speaker,
        "sittings": [
            {
                "pk": sitting.pk,
                "starts_at": sitting.starts_at.isoformat(),
                "ends_at": sitting.ends_at.isoformat(),
                "room": sitting.room,
                "note": sitting.note,
            }
            for sitting in sittings_of(agenda.meeting)
        ],
        "items": [
            {
                "code": row.code,
                "parent": row.parent.code if row.parent else None,
                "numbered": row.is_numbered,
                "kind": row.kind,
                "words": row.words,
                "minutes": row.minutes,
                "speakers": row.speakers,
                "sitting": row.sitting_id,
                "lead_body": row.lead_body.key if row.lead_body else "",
                "lead_state": row.lead_state.iso3 if row.lead_state else "",
                "lead_name": row.lead_name,
                "about": row.about_state.iso3 if row.about_state else "",
            }
            for row in rows
        ],
    }


def languages_without_titles(meeting: Meeting) -> list[str]:
    """The languages of the meeting in which one item of the outline, or several, have no title. One query."""
    told = list(AgendaItem.objects.filter(agenda__meeting=meeting).values_list("words", flat=True))
    return [code for code in languages_of(meeting) if any(not words.get(code, {}).get("title") for words in told)]


def canonical(content: dict[str, Any]) -> str:
    """One text for one content."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@transaction.atomic
def publish(*, meeting: Meeting, version: int, note: str = "", by: User | None, at: datetime) -> AgendaRevision:
    """Freeze the outline as it stands as the next revision: what the public reads from now on.

    :raises AgendaChanged: if it is not the outline that was looked at.
    :raises AgendaRefused: if there is nothing to publish, or nothing has changed since the last revision.
    """
    agenda = locked(Agenda.objects.get_or_create(meeting=meeting)[0])
    if agenda.version != version:
        raise AgendaChanged(agenda, _("The outline has changed since you opened the page. Look at it, then publish."))
    content = content_of(agenda)
    if not content["items"]:
        raise AgendaRefused(_("There is no item yet. Add one, then publish."))
    text = canonical(content)
    last = newest_revision(meeting)
    if last is not None and last.content == text:
        raise AgendaRefused(
            _("Nothing has changed since revision %(number)s. There is nothing to publish.") % {"number": last.number}
        )
    note = plain(note)
    if len(note) > LONGEST_NOTE:
        raise AgendaRefused(_("Write at most %(limit)s characters.") % {"limit": LONGEST_NOTE})
    made = AgendaRevision.objects.create(
        meeting=meeting,
        number=last.number + 1 if last else 1,
        content=text,
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        note=note,
        published_by=by,
        published_at=at,
    )
    programmes.owe(revision=made)
    floor_room.agenda_published(meeting, at=at)
    register.append(
        action="meetings.agenda.publish",
        by=by,
        at=at,
        obj=made,
        content_hash=made.content_hash,
        data={"meeting": meeting.key, "revision": made.number},
    )
    return made
