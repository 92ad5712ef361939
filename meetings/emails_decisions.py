"""Who hears of a silence procedure. What is proposed is never in a mail: only that there is something, and where."""

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox, writing
from ccm_portal.core.enums import STATE_ROLES
from ccm_portal.core.models import Membership, OutgoingMessage, State
from meetings.enums import DecisionStatus
from meetings.models import Decision

OPENED = "meetings.silence_opened"
BROKEN = "meetings.silence_broken"
KEPT = "meetings.silence_kept"


def register() -> None:
    """Make these messages known to the outbox."""
    for name, label, context in (
        (OPENED, _("Silence procedure opened, to States Parties"), _of_opening),
        (BROKEN, _("A State Party objected, to States Parties"), _of_end),
        (KEPT, _("Silence procedure ended, to the ISO"), _of_end),
    ):
        template = f"meetings/emails/{name.removeprefix('meetings.')}.txt"
        outbox.register_kind(outbox.MessageKind(name=name, label=label, template=template, context=context))


def silence_opened(decision: Decision, *, on: date, at: datetime) -> None:
    """To every delegate of a State Party, and to the mission of a State of which nobody has an account."""
    _to_parties(OPENED, decision, on=on, at=at)


def silence_broken(decision: Decision, *, on: date, at: datetime) -> None:
    """To the same, and to the ISO."""
    _to_parties(BROKEN, decision, on=on, at=at)
    outbox.owe(kind=BROKEN, key=f"{BROKEN}:{decision.pk}:iso", to=settings.ISO_MAILBOX, ids=_ids(decision), at=at)


def silence_kept(decision: Decision, *, at: datetime) -> None:
    """To the ISO: the register tells everybody else."""
    outbox.owe(kind=KEPT, key=f"{KEPT}:{decision.pk}:iso", to=settings.ISO_MAILBOX, ids=_ids(decision), at=at)


def _to_parties(kind: str, decision: Decision, *, on: date, at: datetime) -> None:
    parties = {state.pk: state for state in State.objects.parties_on(on)}
    serving = Membership.objects.in_force(on).filter(state__in=parties, role__in=STATE_ROLES).select_related("user")
    reached, people = set(), {}
    for membership in serving:
        people[membership.user_id] = membership.user
        reached.add(membership.state_id)
    owed = [
        outbox.Owed(key=f"{kind}:{decision.pk}:{person.pk}", to=person, language=person.language, ids=_ids(decision))
        for person in people.values()
    ]
    owed += [
        outbox.Owed(key=f"{kind}:{decision.pk}:{state.iso3}", to=state.mission_email, language="en", ids=_ids(decision))
        for pk, state in parties.items()
        if pk not in reached and state.mission_email
    ]
    outbox.owe_many(kind=kind, messages=owed, at=at)


def _ids(decision: Decision) -> dict[str, object]:
    return {"decision": decision.pk}


def _of_opening(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    decision = _decision(message)
    return _words(decision, "meetings:decision-silence") if decision.status == DecisionStatus.OPEN else None


def _of_end(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    decision = _decision(message)
    page = "meetings:decision-silence" if message.kind == BROKEN else "meetings:decision-detail"
    return _words(decision, page) if decision.status == DecisionStatus.TAKEN else None


def _words(decision: Decision, page: str) -> dict[str, object]:
    return {
        "decision": decision,
        "meeting": decision.meeting,
        "moment": writing.instant_text(decision.closes_at) if decision.closes_at else "",
        "url": settings.SITE_ADDRESS + reverse(page, args=[decision.meeting.key, decision.number]),
    }


def _decision(message: OutgoingMessage) -> Decision:
    return Decision.objects.select_related("meeting").get(pk=message.ids["decision"])
