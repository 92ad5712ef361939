"""Who hears of the decision and of offers. The office's list of mails tells neither who applied nor who was chosen: all
of these stand there under one label, and no mail names a person.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Membership, OutgoingMessage, State, User
from ccm_portal.core.writing import instant_text
from sponsorship.emails import recipients
from sponsorship.enums import OfferStatus
from sponsorship.models import Offer, Round, WaitingMove

ANNOUNCED = "sponsorship.announced"
OFFER = "sponsorship.offer"
LAPSED = "sponsorship.offer_lapsed"
ANSWERED = "sponsorship.offer_answered"
DUE = "sponsorship.offer_due"
RUNGS = (5, 1)  # days before the reply is due, on which a reminder leaves


def register() -> None:
    """Make these messages known to the outbox."""
    for name, context in (
        (ANNOUNCED, _of_round),
        (OFFER, _of_open),
        (DUE, _of_open),
        (LAPSED, _of_lapsed),
        (ANSWERED, _of_answer),
    ):
        template = f"sponsorship/emails/{name.removeprefix('sponsorship.')}.txt"
        label = _("Something new on your desk")
        outbox.register_kind(outbox.MessageKind(name=name, label=label, template=template, context=context))


def owe_announcement(round: Round, states: Iterable[State], *, at: datetime) -> int:
    """One mail to everybody who acts for an applicant, all owed in one statement. Returns how many."""
    messages = [
        _owed(ANNOUNCED, f"{round.pk}:{state.pk}", to, {"round": round.pk, "state": state.pk})
        for state, to in recipients(states, on=at.date())
    ]
    return outbox.owe_many(kind=ANNOUNCED, messages=messages, at=at)


def owe_offer(offer: Offer, *, at: datetime) -> None:
    """To whoever acts for the State: a place is offered."""
    _to_state(OFFER, offer, at=at)


def remind(offers: Iterable[Offer], *, at: datetime) -> int:
    """To whoever acts for the State of an unanswered offer, once a rung: of several that were missed the last alone.

    A constant number of queries. Returns how many mails are newly owed.
    """
    due = {}
    for offer in offers:
        left = (offer.reply_by - at).total_seconds() / 86400
        reached = [rung for rung in RUNGS if 0 <= left <= rung]
        if reached:
            due[str(offer.pk)] = (offer, min(reached))
    since = at - timedelta(days=max(RUNGS) + 1)
    sent = set(OutgoingMessage.objects.filter(kind=DUE, owed_at__gte=since).values_list("ids__offer", "ids__rung"))
    new = [(offer, rung) for pk, (offer, rung) in due.items() if (pk, rung) not in sent]
    people: dict[int, list[User | str]] = {}
    for state, to in recipients([offer.state for offer, _rung in new], on=at.date()) if new else ():
        people.setdefault(state.pk, []).append(to)
    messages = [
        _owed(DUE, f"{offer.pk}:{rung}", to, {"offer": str(offer.pk), "rung": rung})
        for offer, rung in new
        for to in people.get(offer.state_id, [])
    ]
    return outbox.owe_many(kind=DUE, messages=messages, at=at)


def owe_lapsed(offer: Offer, *, at: datetime) -> None:
    """To the same: nobody replied in time."""
    _to_state(LAPSED, offer, at=at)


def owe_answered(offer: Offer, *, at: datetime) -> None:
    """To sponsorship officers: what became of an offer."""
    held = Membership.objects.in_force(at.date()).filter(role=Role.SPONSORSHIP_OFFICER).select_related("user")
    officers = {one.user_id: one.user for one in held}.values()
    key = f"{offer.pk}:{offer.status}"
    messages = [_owed(ANSWERED, key, to, {"offer": str(offer.pk), "status": offer.status}) for to in officers]
    outbox.owe_many(kind=ANSWERED, messages=messages, at=at)


def _to_state(kind: str, offer: Offer, *, at: datetime) -> None:
    found = recipients([offer.state], on=at.date())
    messages = [_owed(kind, str(offer.pk), to, {"offer": str(offer.pk)}) for _state, to in found]
    outbox.owe_many(kind=kind, messages=messages, at=at)


def _owed(kind: str, about: str, to: User | str, ids: dict[str, object]) -> outbox.Owed:
    name, language = (str(to.pk), to.language) if isinstance(to, User) else ("mission", "en")
    return outbox.Owed(key=f"{kind}:{about}:{name}", to=to, language=language, ids=ids)


def _of_round(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    round = Round.objects.select_related("meeting").get(pk=message.ids["round"])
    state = State.objects.get(pk=message.ids["state"])
    offers = Offer.objects.filter(round=round, nominee__application__state=state, status=OfferStatus.OFFERED)
    first = offers.order_by("reply_by").first()
    return {
        "meeting": round.meeting,
        "state": state,
        "moment": instant_text(first.reply_by) if first else "",
        "url": settings.SITE_ADDRESS + reverse("sponsorship:application", args=[state.slug, round.key]),
    }


def _offer(message: OutgoingMessage) -> Offer:
    found = Offer.objects.select_related("round__meeting", "nominee__application__state")
    return found.get(pk=message.ids["offer"])


def _about(offer: Offer) -> dict[str, Any]:
    page = reverse("sponsorship:offer-reply", args=[offer.state.slug, offer.round.key, offer.pk])
    return {
        "offer": offer,
        "meeting": offer.round.meeting,
        "state": offer.state,
        "moment": instant_text(offer.reply_by),
        "url": settings.SITE_ADDRESS + page,
    }


def _of_open(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    offer = _offer(message)
    return _about(offer) if offer.status == OfferStatus.OFFERED else None


def _of_lapsed(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    offer = _offer(message)
    return _about(offer) if offer.status == OfferStatus.LAPSED else None


def _of_answer(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    offer = _offer(message)
    if offer.status != message.ids["status"]:
        return None
    moves = WaitingMove.objects.filter(after=offer, offer__isnull=False)
    moved = moves.select_related("nominee__application__state").first()
    page = reverse("sponsorship:waiting", args=[offer.round.key])
    next_state = moved.nominee.state if moved and moved.nominee else None
    return _about(offer) | {"next": next_state, "url": settings.SITE_ADDRESS + page}
