"""What a sponsored delegation owes: a statement, attendance, a report. The meeting's own records say whether it was
done; an officer may say otherwise, with a note. Eligibility reads what stands here when the State applies again.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.writing import date_text
from committees.domain.said import WorkRefused, said, seen
from meetings.domain.presence import days_of
from meetings.enums import MeetingAudience, SlotStatus, StatementStatus
from meetings.models import Meeting, MeetingPresence, SpeakerSlot, Statement
from sponsorship.enums import DutyKind, OfferStatus
from sponsorship.models import Duty, Offer, Round

REPORT_DAYS = timedelta(days=30)  # after the meeting's last day
LONGEST = 8000
# Duties of a journey that was given up, or that nobody made, are not counted: the absence is.
OWED = (OfferStatus.ACCEPTED, OfferStatus.TRAVELLED)


@dataclass(frozen=True)
class Finding:
    """What the records say of one duty. ``met`` is unknown where they say nothing yet."""

    met: bool | None
    words: str
    statement: Statement | None = None
    url: str = ""  # where everybody can read it


def report_due(round: Round) -> date:
    """The day by which the report is to be handed in."""
    return round.meeting.ends + REPORT_DAYS


def findings(duties: Iterable[Duty], *, on: date) -> dict[int, Finding]:
    """By the key of each duty, in a constant number of queries for each meeting."""
    by_meeting: dict[Meeting, list[Duty]] = defaultdict(list)
    for duty in duties:
        by_meeting[duty.offer.round.meeting].append(duty)
    return {pk: one for meeting, its in by_meeting.items() for pk, one in _of_meeting(meeting, its, on).items()}


def _of_meeting(meeting: Meeting, duties: list[Duty], on: date) -> dict[int, Finding]:
    spoken, published, came = _records(meeting)
    days = [day for day in days_of(meeting) or [meeting.starts] if day <= on]
    noted = {day for of_one in came.values() for day in of_one}
    found = {}
    for duty in duties:
        state = duty.offer.state_id
        if duty.kind == DutyKind.STATEMENT:
            found[duty.pk] = _statement(published.get(state), state in spoken, bool(spoken), on > meeting.ends)
        elif duty.kind == DutyKind.ATTENDANCE:
            found[duty.pk] = _attendance(days, noted, came[state], on > meeting.ends)
        else:
            found[duty.pk] = _report(duty, on)
    return found


def _records(meeting: Meeting) -> tuple[set[int | None], dict[int | None, Statement], dict[int | None, set[date]]]:
    """Which States spoke, what they published, and on which days they were in the room."""
    slots = SpeakerSlot.objects.filter(list__meeting=meeting, delegation__state__isnull=False)
    spoken: set[int | None] = set(slots.filter(status=SlotStatus.SPOKEN).values_list("delegation__state", flat=True))
    given = Statement.objects.filter(Q(status=StatementStatus.PUBLISHED) | Q(slot__status=SlotStatus.SPOKEN))
    its = given.filter(meeting=meeting, delegation__state__isnull=False).select_related("delegation", "meeting")
    published: dict[int | None, Statement] = {}
    for one in its.order_by("pk"):
        spoken.add(one.delegation.state_id)
        if one.status == StatementStatus.PUBLISHED:
            published.setdefault(one.delegation.state_id, one)
    came: dict[int | None, set[date]] = defaultdict(set)
    rows = MeetingPresence.objects.filter(meeting=meeting, delegation__state__isnull=False)
    for state, day in rows.values_list("delegation__state", "day"):
        came[state].add(day)
    return spoken, published, came


def _statement(published: Statement | None, spoke: bool, anybody_did: bool, is_over: bool) -> Finding:
    if published or spoke:
        url = ""
        if published and published.meeting.audience == MeetingAudience.OPEN:
            url = reverse("meetings:statement-detail", args=[published.meeting.key, published.pk])
        return Finding(True, _("The delegation made a statement."), published, url)
    if is_over and anybody_did:
        return Finding(False, _("The speakers’ lists show no statement of the delegation."))
    return Finding(None, _("No statement is known yet."))


def _attendance(days: list[date], noted: set[date], came: set[date], is_over: bool) -> Finding:
    asked = [day for day in days if day in noted]
    if not asked:
        return Finding(None, _("Who was in the room is not noted yet."))
    present = sum(day in came for day in asked)
    words = ngettext(
        "In the room on %(present)s of %(count)s day noted.",
        "In the room on %(present)s of %(count)s days noted.",
        len(asked),
    ) % {"present": present, "count": len(asked)}
    if not is_over:
        return Finding(None, words)
    # Some of the days is neither: the officer looks.
    return Finding(True if present == len(asked) else False if not present else None, words)


def _report(duty: Duty, on: date) -> Finding:
    if duty.text:
        return Finding(True, _("The report is handed in."))
    due = report_due(duty.offer.round)
    words = _("To be handed in by %(day)s.") if on <= due else _("It was to be handed in by %(day)s.")
    return Finding(None if on <= due else False, words % {"day": date_text(due)})


@transaction.atomic
def look(round: Round, *, at: datetime) -> int:
    """Write down what the records say of each duty on which no officer has spoken. Returns how many changed."""
    duties = Duty.objects.filter(offer__round=round, offer__status__in=OWED, noted_by=None)
    rows = list(
        duties.select_for_update(of=("self",))
        .select_related("offer__round__meeting", "offer__nominee__application__state")
        .order_by("pk")
    )
    found = findings(rows, on=at.date())
    changed = [row for row in rows if _differs(row, found[row.pk])]
    for row in changed:
        row.met, row.statement = found[row.pk].met, found[row.pk].statement
        row.noted_at = at
        row.version += 1
        row.save()
    for row in changed:
        _noted("find", row, by=None, at=at)
    return len(changed)


def _differs(duty: Duty, found: Finding) -> bool:
    return duty.met != found.met or duty.statement_id != (found.statement.pk if found.statement else None)


@transaction.atomic
def hand_in(duty: Duty, *, text: str, version: int, by: User | None, at: datetime) -> Duty:
    """Hand the report in, or hand in another in its place. ``by`` is nobody where the person does by their own link.

    :raises WorkChanged: if somebody else has handed in one since.
    :raises WorkRefused: if nothing is said, or it is no report that is owed.
    """
    if duty.kind != DutyKind.REPORT or duty.offer.status not in OWED:
        raise WorkRefused(_("No report is owed for this journey."))
    duty = seen(duty, version)
    duty.text = said(text, longest=LONGEST, empty=_("Write what came of the participation."))
    duty.met, duty.noted_by, duty.noted_at = True, None, at
    duty.version += 1
    duty.save()
    _noted("hand_in", duty, by=by, at=at)
    return duty


@transaction.atomic
def judge(duty: Duty, *, met: bool | None, by_hand: bool, note: str, version: int, by: User, at: datetime) -> Duty:
    """An officer says whether a duty was kept; or, without ``by_hand``, leaves it to what the records say.

    :raises WorkChanged: if somebody else has changed it since.
    :raises WorkRefused: without a note on what an officer says.
    """
    duty = seen(duty, version)
    if by_hand:
        duty.note = said(note, longest=300, empty=_("Say how you know."))
        duty.met, duty.noted_by = met, by
    else:
        found = findings([duty], on=at.date())[duty.pk]
        duty.met, duty.statement, duty.note, duty.noted_by = found.met, found.statement, "", None
    duty.noted_at = at
    duty.version += 1
    duty.save()
    _noted("judge", duty, by=by, at=at)
    return duty


def of_offer(offer: Offer) -> list[Duty]:
    """What is owed for one journey, in the order in which it falls due."""
    order = list(DutyKind)
    return sorted(offer.duties.all(), key=lambda duty: order.index(DutyKind(duty.kind)))


def _noted(act: str, duty: Duty, *, by: User | None, at: datetime) -> None:
    """The act in the register, without words: the transaction's last statement."""
    data: dict[str, object] = {"kind": str(duty.kind), "met": duty.met}
    register.append(action=f"sponsorship.duty.{act}", by=by, at=at, state=duty.offer.state, obj=duty, data=data)
