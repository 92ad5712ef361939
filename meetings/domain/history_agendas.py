"""Real agendas as their sources give them, brought in as revision 1, with what is awkward in them kept."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ccm_portal.core.domain.reference import ReferenceRefused
from ccm_portal.core.models import State, User
from meetings.domain import agenda_publishing
from meetings.enums import DecisionKind, DecisionOutcome, DecisionStatus, ItemKind
from meetings.models import Agenda, AgendaItem, Decision, Meeting, Sitting

KEYS = {"11msp-2023": "11msp", "2rc-prep2-2020": "2rc-prep2"}  # the name of a file -> the meeting, where they differ
KINDS = (
    (re.compile(r"^(opening|closure|closing|addresses)", re.IGNORECASE), ItemKind.CEREMONIAL),
    (re.compile(r"financ|support", re.IGNORECASE), ItemKind.OFFICE_FINANCE),
    (re.compile(r"adoption|confirmation|election|rules of procedure|draft|report", re.IGNORECASE), ItemKind.DECISION),
    (re.compile(r"clearance|stockpile|victim|reporting|cooperation|theme", re.IGNORECASE), ItemKind.THEMATIC),
)


def bring(told: dict[str, Any], *, states: dict[str, State], by: User | None, at: datetime) -> list[str]:
    """The agenda of one file and the decisions it tells of, once: a meeting that has a revision is left alone.

    :raises ReferenceRefused: if there is no such meeting.
    """
    key = KEYS.get(told["id"], told["id"])
    meeting = Meeting.objects.filter(key=key).first()
    if meeting is None:
        raise ReferenceRefused(f"{told['id']}: there is no meeting {key}.")
    if meeting.revisions.exists() or Agenda.objects.filter(meeting=meeting).exists():
        return []
    agenda = Agenda.objects.create(meeting=meeting)
    for item in told.get("agenda", []):
        _numbered(agenda, item)
    for day in told.get("programme", []):
        _programme(agenda, day)
    agenda.save()
    note = "; ".join(told["sources"])
    agenda_publishing.publish(meeting=meeting, version=agenda.version, note=note, by=by, at=at)
    lines = [f"{key}: agenda of {agenda.items.count()} items"]
    return lines + _decisions(meeting, told, states, by=by, at=at)


def _item(agenda: Agenda, title: str, *, parent: AgendaItem | None = None, **fields: Any) -> AgendaItem:
    code, agenda.next_code = agenda.next_code, agenda.next_code + 1
    written = title[:1].upper() + title[1:]
    return AgendaItem.objects.create(
        agenda=agenda,
        code=code,
        parent=parent,
        position=agenda.items.filter(parent=parent).count(),
        kind=_kind(title),
        words={"en": {"title": written, "text": fields.pop("text", "")}},
        **fields,
    )


def _kind(title: str) -> ItemKind:
    return next((kind for pattern, kind in KINDS if pattern.search(title)), ItemKind.OTHER)


def _numbered(agenda: Agenda, told: dict[str, Any]) -> None:
    """An item with its number, and below it those with letters. The numbers follow from the order."""
    item = _item(agenda, told["title"])
    for child in told.get("children", []):
        _item(agenda, child["title"], parent=item)


def _programme(agenda: Agenda, told: dict[str, Any]) -> None:
    """One day of a programme: opening acts without numbers, timed slots, or only what was done."""
    for title in told.get("items", []):
        _item(agenda, title, is_numbered=False)
    if "slots" in told:
        above = _item(agenda, told["kind"], is_numbered=False)
        for starts, ends, title in told["slots"]:
            _item(
                agenda,
                title,
                parent=above,
                is_numbered=False,
                minutes=_minutes(ends) - _minutes(starts),
                sitting=_sitting(agenda.meeting, told["day"], told["slots"], starts),
                text=f"{starts}–{ends}",
            )
    elif "items" not in told:
        _item(agenda, told["kind"], is_numbered=False, text=told["day"])


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _sitting(meeting: Meeting, day: str, slots: list[list[str]], starts: str) -> Sitting:
    """The sitting in which a slot lies: slots that follow each other without a break are one."""
    begins = ends = ""
    for first, last, _title in slots:
        if first != ends:
            begins = first
        ends = last
        if begins <= starts < ends:
            break
    last_of_run = ends
    for first, last, _title in slots:
        if first == last_of_run:
            last_of_run = last
    here, on = ZoneInfo(meeting.time_zone), date.fromisoformat(day)
    sitting, _new = Sitting.objects.get_or_create(
        part=meeting.parts.get(),
        starts_at=_at(on, begins, here),
        defaults={"ends_at": _at(on, last_of_run, here)},
    )
    return sitting


def _at(day: date, clock: str, zone: ZoneInfo) -> datetime:
    hours, minutes = divmod(_minutes(clock), 60)
    return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=zone)


def _decisions(
    meeting: Meeting, told: dict[str, Any], states: dict[str, State], *, by: User | None, at: datetime
) -> list[str]:
    by_name = {state.name_en: state for state in states.values()}
    made = []
    for number, row in enumerate(told.get("decisions", []), start=1):
        if row["state"] not in by_name:
            raise ReferenceRefused(f"{told['id']}: there is no State {row['state']}.")
        until = date.fromisoformat(row["to"]) if "to" in row else None
        what = row["what"][:1].upper() + row["what"][1:]
        made.append(
            Decision.objects.create(
                meeting=meeting,
                number=number,
                kind=DecisionKind.EXTENSION if until else DecisionKind.OTHER,
                status=DecisionStatus.TAKEN,
                title=f"{what}: {row['state']}",
                text=". ".join(filter(None, [f"{what}: {row['state']}", row.get("note", "")])) + ".",
                about_state=by_name[row["state"]],
                outcome=DecisionOutcome.ADOPTED,
                decided_on=meeting.ends,
                granted_until=until,
                source="; ".join(told["sources"]),
                recorded_by=by,
                recorded_at=at,
            )
        )
    return [f"{meeting.key}: {len(made)} decisions"] if made else []
