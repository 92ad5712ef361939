"""Reminders: a ladder over due items × recipients, whether or not anything was begun.

It looks at how things are, never at "since yesterday": each (item, recipient, rung) is owed once,
however often this runs, and after an outage only the rung that is true now is owed.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ccm_portal.core import outbox
from ccm_portal.core.due_items import CLIMB, MISSION, DueItem, Rung, due_items
from ccm_portal.core.enums import APPROVING_ROLES, STATE_ROLES, MessageStatus, Role
from ccm_portal.core.models import Membership, OutgoingMessage, ReminderPause, State, User
from ccm_portal.treaty import deadlines

KIND = "core.reminder"
# A message that came back or never left has reached nobody: the rung climbs.
NOT_REACHED = frozenset({MessageStatus.BOUNCED, MessageStatus.FAILED})


@dataclass(frozen=True)
class Recipient:
    """Somebody whom a rung reaches: an account with the roles it holds, or the mission's address."""

    name: str  # in the key
    to: User | str
    roles: frozenset[str]

    @property
    def role(self) -> str:
        """The one that counts for the wording: whoever can file is asked to file."""
        return max(self.roles, key=CLIMB.index)

    @property
    def role_label(self) -> str | Promise:
        return _("Permanent mission") if self.role == MISSION else Role(self.role).label


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One reminder that is to leave, or that a pause holds back."""

    item: DueItem
    rung: Rung
    recipient: Recipient
    pause: ReminderPause | None

    @property
    def key(self) -> str:
        return key_of(self.item, self.rung, self.recipient)

    @property
    def rung_text(self) -> str:
        return rung_text(self.rung.day)

    @property
    def language(self) -> str:
        to = self.recipient.to
        return to.language if isinstance(to, User) else self.item.language


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a day brings: ``leaving``, ``held`` back by a pause, and the items of which nobody can be told."""

    leaving: list[Planned]
    held: list[Planned]
    nobody: list[tuple[DueItem, Rung]]


def rung_text(day: int) -> str:
    """Which of the ladder it is: -30 → the reminder for 30 days before. It may leave later than that."""
    if day < 0:
        return ngettext("the reminder for %(days)s day before", "the reminder for %(days)s days before", -day) % {
            "days": -day
        }
    return ngettext("the reminder for %(days)s day after", "the reminder for %(days)s days after", day) % {"days": day}


def key_of(item: DueItem, rung: Rung, recipient: Recipient) -> str:
    """What makes a reminder one: the database takes it once."""
    return f"reminder:{item.key}:{rung.day}:{recipient.name}"


def plan(*, on: date, known: Mapping[str, str] | None = None, as_it_was: bool = False) -> Plan:
    """Whom the rungs that are true on ``on`` have yet to reach. A constant number of queries.

    :param known: statuses of messages by key, in place of those in the outbox.
    """
    climbing = [
        (item, rung) for item in due_items(on=on, as_it_was=as_it_was) if (rung := item.rung_on(on)) is not None
    ]
    people = _people_by_state(on)
    everyone = [(item, rung, _everyone(item.state, people)) for item, rung in climbing]
    if known is None:
        keys = [key_of(item, rung, one) for item, rung, all_of_them in everyone for one in all_of_them]
        known = dict(OutgoingMessage.objects.filter(kind=KIND, key__in=keys).values_list("key", "status"))
    pauses = {pause.state_id: pause for pause in ReminderPause.objects.running(on)}
    found = Plan(leaving=[], held=[], nobody=[])
    for item, rung, all_of_them in everyone:
        lost = {one.name for one in all_of_them if known.get(key_of(item, rung, one)) in NOT_REACHED}
        reached = list(_reached(rung, all_of_them, lost))
        if all(one.name in lost for one in reached):
            found.nobody.append((item, rung))
        pause = pauses.get(item.state.pk) or pauses.get(None)
        new = (one for one in reached if key_of(item, rung, one) not in known)
        (found.held if pause else found.leaving).extend(
            Planned(item=item, rung=rung, recipient=one, pause=pause) for one in new
        )
    return found


def remind(*, on: date, at: datetime) -> int:
    """Owe each recipient of each open item the rung that is true on ``on``.

    :returns: how many messages are newly owed.
    """
    return outbox.owe_many(
        kind=KIND,
        at=at,
        messages=[
            outbox.Owed(
                key=one.key,
                to=one.recipient.to,
                language=one.language,
                ids={
                    "item": one.item.key,
                    "rung": one.rung.day,
                    "state": one.item.state.iso3,
                    "on": on.isoformat(),
                    "role": one.recipient.role,
                },
            )
            for one in plan(on=on).leaving
        ],
    )


def _people_by_state(on: date, states: list[State] | None = None) -> dict[int, dict[int, tuple[User, set[str]]]]:
    """State → person → (the account, the roles held for that State)."""
    found: dict[int, dict[int, tuple[User, set[str]]]] = defaultdict(dict)
    running = Membership.objects.in_force(on).filter(state__isnull=False, role__in=STATE_ROLES).order_by("pk")
    if states is not None:
        running = running.filter(state__in=states)
    for membership in running.select_related("user"):
        assert membership.state_id is not None
        _user, roles = found[membership.state_id].setdefault(membership.user_id, (membership.user, set()))
        roles.add(membership.role)
    return found


def _everyone(state: State, people: Mapping[int, Mapping[int, tuple[User, set[str]]]]) -> list[Recipient]:
    """Each person once, and the permanent mission where its address is known and nobody's own."""
    persons = people.get(state.pk, {}).values()
    found = [Recipient(str(user.pk), user, frozenset(roles)) for user, roles in persons]
    address = state.mission_email.strip().lower()
    if address and address not in {user.email for user, _roles in persons}:
        digest = hashlib.sha256(address.encode()).hexdigest()[:12]
        found.append(Recipient(f"{MISSION}-{digest}", address, frozenset({MISSION})))
    return found


def _reached(rung: Rung, everyone: list[Recipient], lost: set[str]) -> Iterator[Recipient]:
    """Whom the rung reaches: the holders of its roles; for a role that nobody holds, or whose mail came back, also
    the next higher one that somebody holds."""
    chosen: set[str] = set()
    for role in rung.reaches:
        for place in CLIMB[CLIMB.index(role) :]:
            holders = {one.name for one in everyone if place in one.roles}
            chosen |= holders
            if holders and not holders & lost:
                break
    return (one for one in everyone if one.name in chosen)


def context(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    """What the reminder says, true when it leaves; ``None`` once the item is settled, a later rung is true, or the
    recipient does not act for the State any more.

    A run for a day still to come (``remind --on``) speaks as of that day.
    """
    on = _day_of(message, at)
    state = State.objects.filter(iso3=message.ids["state"]).first()
    if state is None:
        return None
    items = due_items(on=on, states=State.objects.filter(pk=state.pk))
    item = next((item for item in items if item.key == message.ids["item"]), None)
    rung = item.rung_on(on) if item else None
    everyone = _everyone(state, _people_by_state(on, [state]))
    recipient = next((one for one in everyone if _is_to(message, one)), None)
    if item is None or rung is None or rung.day != message.ids["rung"] or recipient is None:
        return None
    days = item.days_left(on)
    return {
        "item": item,
        "state": state,
        "days": days,
        "days_past": -days,
        "late": _is_late(item, on, at),
        "to_mission": recipient.role == MISSION,
        "can_file": bool(recipient.roles & APPROVING_ROLES),
        "holds_it": item.held_by is not None and item.held_by == message.user_id,
        "page": state.get_absolute_url() if recipient.role == MISSION else item.url,
    }


def held_until(message: OutgoingMessage, at: datetime) -> datetime | None:
    """The morning after the last day of a pause that covers this reminder, or ``None``: it may leave."""
    pause = ReminderPause.objects.running(_day_of(message, at)).for_state(message.ids["state"]).first()
    return pause.leaves_again_at if pause else None


def due_in(pauses: list[ReminderPause], *, on: date) -> list[tuple[ReminderPause, list[DueItem]]]:
    """What falls due while each pause runs, of that which is open on ``on``."""
    open_items = due_items(on=on) if pauses else []
    return [
        (
            pause,
            [
                item
                for item in open_items
                if pause.state_id in (None, item.state.pk) and pause.starts <= item.due <= pause.until
            ],
        )
        for pause in pauses
    ]


def _day_of(message: OutgoingMessage, at: datetime) -> date:
    return max(at.date(), date.fromisoformat(message.ids["on"]))


def _is_to(message: OutgoingMessage, recipient: Recipient) -> bool:
    to = recipient.to
    return to.pk == message.user_id if isinstance(to, User) else to == message.address


def _is_late(item: DueItem, on: date, at: datetime) -> bool:
    """Whether the due day is over everywhere; of a day still to come, at its end."""
    asked = at if on == at.date() else datetime.combine(on, time.max, tzinfo=UTC)
    return deadlines.is_late(due=item.due, at=asked, utc_offset_hours=settings.LATE_AFTER_UTC_OFFSET_HOURS)
