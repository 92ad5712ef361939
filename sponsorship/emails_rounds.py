"""Who hears that a call is open: the delegates of every State that is eligible that day, and the mission of one of
which nobody has an account. What was found of their State stands on the page and not in the mail."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox, writing
from ccm_portal.core.enums import STATE_ROLES
from ccm_portal.core.models import Membership, OutgoingMessage, State
from sponsorship.domain.eligibility import findings, judged_on, verdict
from sponsorship.enums import RoundStatus
from sponsorship.models import Round

CALL = "sponsorship.call"


def register() -> None:
    """Make it known to the outbox."""
    outbox.register_kind(
        outbox.MessageKind(
            name=CALL,
            label=_("A call for sponsorship is open, to eligible States"),
            template="sponsorship/emails/call.txt",
            context=_context,
        )
    )


def eligible_states(round: Round, *, at: datetime) -> list[State]:
    """Every State that the rules of the round find eligible as of now. A constant number of queries."""
    states = list(State.objects.order_by("pk"))
    found = findings(round, states, on=judged_on(round, on=at.date()))
    return [state for state in states if verdict(found[state.pk]).is_eligible]


def call_opened(round: Round, *, at: datetime) -> int:
    """Owe the word of an open call. Call it in the transaction that opens it.

    :returns: how many are written to.
    """
    eligible = {state.pk: state for state in eligible_states(round, at=at)}
    serving = Membership.objects.in_force(at.date()).filter(state__in=eligible, role__in=STATE_ROLES)
    reached, people = set(), {}
    for membership in serving.select_related("user"):
        people[membership.user_id] = membership.user
        reached.add(membership.state_id)
    ids: dict[str, object] = {"round": round.pk}
    owed = [
        outbox.Owed(key=f"{CALL}:{round.pk}:{person.pk}", to=person, language=person.language, ids=ids)
        for person in people.values()
    ]
    owed += [
        outbox.Owed(key=f"{CALL}:{round.pk}:{state.iso3}", to=state.mission_email, language="en", ids=ids)
        for pk, state in eligible.items()
        if pk not in reached and state.mission_email
    ]
    return outbox.owe_many(kind=CALL, messages=owed, at=at)


def _context(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    round = Round.objects.select_related("meeting").filter(pk=message.ids["round"], status=RoundStatus.OPEN).first()
    if round is None:
        return None
    return {
        "round": round,
        "meeting": round.meeting,
        "moment": writing.instant_text(round.closes_at),
        "url": settings.SITE_ADDRESS + reverse("sponsorship:round-detail", args=[round.key]),
    }
