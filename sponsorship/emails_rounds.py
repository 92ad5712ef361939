"""Who hears that a call is open: the delegates of every State that is eligible that day, and the mission of one of
which nobody has an account. What was found of their State stands on the page and not in the mail."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox, writing
from ccm_portal.core.models import OutgoingMessage, State, User
from sponsorship.domain.eligibility import findings, judged_on, verdict
from sponsorship.emails import recipients
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
    # Who acts for several of them is written to once.
    reached = {
        (str(to.pk) if isinstance(to, User) else state.iso3): to
        for state, to in recipients(eligible_states(round, at=at), on=at.date())
    }
    owed = [
        outbox.Owed(
            key=f"{CALL}:{round.pk}:{name}",
            to=to,
            language=to.language if isinstance(to, User) else "en",
            ids={"round": round.pk},
        )
        for name, to in reached.items()
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
