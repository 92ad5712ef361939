"""Where an application and a nominated person stand, and what comes next, in words.

What was decided is quiet: until the round is announced a person who was sent is shown as endorsed, and nothing here
tells the decision by a word, a day or a place on the list.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ccm_portal.core.writing import date_text, instant_text, labelled, listed, separator
from sponsorship.enums import (
    ApplicationStatus,
    NomineeStatus,
    OfferStatus,
    PassportStanding,
    RoundStatus,
    SealedKind,
    SettlementStatus,
    TicketStatus,
    VisaStatus,
)
from sponsorship.models import Application, Nominee, Offer, Round, TravelFile

QUIET = (NomineeStatus.SELECTED, NomineeStatus.WAITING, NomineeStatus.NOT_SELECTED)
BEFORE_DECISION = (RoundStatus.PLANNED, RoundStatus.OPEN, RoundStatus.CLOSED)
# How a status looks; see templates/components/status_badge.html.
BADGES = {
    NomineeStatus.NAMED: "in-progress",
    NomineeStatus.ENDORSED: "sent",
    NomineeStatus.SELECTED: "done",
    NomineeStatus.WAITING: "waiting",
    NomineeStatus.NOT_SELECTED: "unchanged",
    NomineeStatus.WITHDRAWN: "unchanged",
}
OFFER_BADGES = {
    OfferStatus.OFFERED: "yours",
    OfferStatus.ACCEPTED: "done",
    OfferStatus.TRAVELLED: "done",
    OfferStatus.NO_SHOW: "problem",
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What stands and what comes next, in sentences. ``by`` is the day until which somebody has to do ``next``."""

    key: str  # draft, sent, offered, waiting, travel, …
    badge: str
    label: str
    what: str
    next: str = ""
    by: date | None = None
    missing: tuple[str, ...] = ()


def is_told(round: Round) -> bool:
    """Whether applicants may know what was decided."""
    return round.announced_at is not None


def shown_status(nominee: Nominee) -> NomineeStatus:
    """The status as the State and the person may see it. Every page, count and list outside the desk asks this."""
    status = NomineeStatus(nominee.status)
    return NomineeStatus.ENDORSED if status in QUIET and not is_told(nominee.application.round) else status


def with_standing(nominees: "QuerySet[Nominee]") -> "QuerySet[Nominee]":
    """With what ``where_it_stands`` reads, in a constant number of queries."""
    found = nominees.select_related("application__state", "application__round__meeting")
    return found.prefetch_related("offers__travel", "offers__duties", "sealed_records")


def places(round: Round) -> dict[object, int]:
    """Who is where on the waiting list, the first at 1; nobody before the round is announced."""
    if not is_told(round):
        return {}
    waiting = Nominee.objects.filter(application__round=round, status=NomineeStatus.WAITING)
    ranked = waiting.order_by("waiting_rank", "pk").values_list("pk", flat=True)
    return {pk: place for place, pk in enumerate(ranked, 1)}


def of_application(application: Application, *, on: date) -> Standing:
    """Where the application as a whole stands."""
    round = application.round
    status = ApplicationStatus(application.status)
    if status == ApplicationStatus.WITHDRAWN:
        return Standing(
            key="withdrawn", badge="unchanged", label=str(status.label), what=_("The application was withdrawn.")
        )
    if status == ApplicationStatus.DRAFT:
        return _draft(application, on=on)
    if round.announced_at is None:
        return Standing(
            key="sent", badge="sent", label=str(status.label), what=_sent(application), next=_told_on(round)
        )
    return Standing(
        key="announced",
        badge="done",
        label=pgettext("application for sponsorship", "Announced"),
        what=_("The decision was announced on %(day)s.") % {"day": date_text(round.announced_at)},
        next=_("See where each person stands."),
    )


def where_it_stands(nominee: Nominee, *, on: date, place: int | None = None) -> Standing:
    """Where a nominated person stands. ``place`` on the waiting list is looked up unless given (``places``)."""
    application, round = nominee.application, nominee.application.round
    status = shown_status(nominee)
    offer = last_offer(nominee)
    told: dict[str, Any] = {"badge": BADGES[status], "label": str(status.label)}
    if offer:
        return _offered(offer)
    if application.status == ApplicationStatus.WITHDRAWN or status == NomineeStatus.WITHDRAWN:
        label = str(NomineeStatus.WITHDRAWN.label)
        return Standing(key="withdrawn", badge="unchanged", label=label, what=_("The nomination was withdrawn."))
    if status == NomineeStatus.NAMED:
        draft = _draft(application, on=on)
        return Standing(key="named", what=_("The application is not sent yet."), next=draft.next, by=draft.by, **told)
    if status == NomineeStatus.ENDORSED:
        return Standing(key="sent", what=_sent(application), next=_told_on(round), **told)
    if status == NomineeStatus.NOT_SELECTED:
        return Standing(key="not_selected", what=_("No place could be offered in this round."), **told)
    if status == NomineeStatus.WAITING:
        where = place or places(round).get(nominee.pk, 1)
        return Standing(
            key="waiting",
            what=_("Place %(place)s on the waiting list.") % {"place": where},
            next=_("A place that comes free is offered to the next on the list."),
            **told,
        )
    return Standing(key="selected", what=_("A place is foreseen."), next=_("The offer follows by mail."), **told)


def last_offer(nominee: Nominee) -> Offer | None:
    """The offer that counts, in memory: the last one made. Nobody has one before the round is announced."""
    if not is_told(nominee.application.round):
        return None
    return max(nominee.offers.all(), key=lambda one: one.offered_at, default=None)


def _draft(application: Application, *, on: date) -> Standing:
    round = application.round
    closes = date_text(round.closes_at)
    if is_told(round):
        what, then = _("The application was never sent."), _("The round is decided: nothing can be sent any more.")
    elif on > round.closes_at.date():
        what = _("The application is a draft. The call closed on %(day)s.") % {"day": closes}
        then = _("Until the round is decided, the head of your delegation can still endorse and send it, late.")
    else:
        what = _("The application is a draft.")
        then = _("The head of your delegation endorses and sends it by %(moment)s.") % {
            "moment": instant_text(round.closes_at)
        }
    return Standing(
        key="draft",
        badge="in-progress",
        label=str(ApplicationStatus.DRAFT.label),
        what=what,
        next=then,
        by=round.closes_at.date(),
    )


def _sent(application: Application) -> str:
    if application.endorsed_at is None:
        return _("Endorsed and sent.")
    words = _("Endorsed and sent late, on %(day)s.") if application.is_late else _("Endorsed and sent on %(day)s.")
    return words % {"day": date_text(application.endorsed_at)}


def _told_on(round: Round) -> str:
    return _("Applications are assessed after the call closes on %(day)s. Everybody is told on the same day.") % {
        "day": date_text(round.closes_at)
    }


def _offered(offer: Offer) -> Standing:
    status = OfferStatus(offer.status)
    told: dict[str, Any] = {"badge": OFFER_BADGES.get(status, "unchanged"), "label": str(status.label)}
    if status == OfferStatus.OFFERED:
        return Standing(
            key="offered",
            what=_("A place is offered."),
            next=_("The State accepts or declines by %(moment)s. Without a reply the place goes to the next.")
            % {"moment": instant_text(offer.reply_by)},
            by=offer.reply_by.date(),
            **told,
        )
    if status == OfferStatus.ACCEPTED:
        return _travelling(offer, told)
    if status == OfferStatus.TRAVELLED:
        return _afterwards(offer, told)
    if status == OfferStatus.NO_SHOW:
        excused = _("The absence is excused.") if offer.absence_excused else _("It counts in the next round.")
        then = excused if offer.absence_excused is not None else _("Say why, so that it is known next time.")
        return Standing(key="no_show", what=_("The person did not come to the meeting."), next=then, **told)
    what = {
        OfferStatus.DECLINED: _("The offer was declined."),
        OfferStatus.LAPSED: _("The offer lapsed on %(day)s without a reply.") % {"day": date_text(offer.reply_by)},
        OfferStatus.WITHDRAWN: _("The person was withdrawn after accepting."),
    }[status]
    then = ""
    if status == OfferStatus.WITHDRAWN and offer.ticket_status == TicketStatus.BOUGHT:
        then = _("The ticket is to be returned.")
    return Standing(key=str(status.value), what=what, next=then, **told)


def _travelling(offer: Offer, told: dict[str, Any]) -> Standing:
    travel = getattr(offer, "travel", None)
    if travel is None:
        return Standing(key="travel", what=_("The offer is accepted."), next=_("The journey is prepared."), **told)
    missing = tuple(missing_for_travel(travel))
    if missing:
        return Standing(
            key="travel",
            what=_("The offer is accepted."),
            next=labelled(_("Still missing for the journey"), listed(missing)),
            missing=missing,
            **told,
        )
    return Standing(
        key="ready",
        what=_("The journey is ready."),
        next=labelled(_("At the meeting"), listed(duty.get_kind_display() for duty in offer.duties.all())),
        **told,
    )


def missing_for_travel(travel: TravelFile) -> list[str]:
    """What the journey waits for, from the person or the State first, then from the office. Nothing sealed is read."""
    kinds = {record.kind for record in travel.offer.nominee.sealed_records.all()}
    missing = []
    if SealedKind.PASSPORT not in kinds or travel.passport == PassportStanding.UNKNOWN:
        missing.append(str(SealedKind.PASSPORT.label))
    elif travel.passport != PassportStanding.FINE:
        missing.append(_("a passport that is valid for longer"))
    if SealedKind.BANK not in kinds:
        missing.append(str(SealedKind.BANK.label))
    if travel.visa not in (VisaStatus.NOT_NEEDED, VisaStatus.GRANTED):
        missing.append(f"{pgettext('cost', 'Visa')} ({travel.get_visa_display()})")
    if travel.insured_until is None or (travel.departs and travel.insured_until < travel.departs):
        missing.append(_("Insurance"))
    if travel.ticket_bought_on is None:
        missing.append(_("Ticket"))
    return missing


def _afterwards(offer: Offer, told: dict[str, Any]) -> Standing:
    owed = [duty.get_kind_display() for duty in offer.duties.all() if duty.met is None]
    unkept = [duty.get_kind_display() for duty in offer.duties.all() if duty.met is False]
    parts = []
    if owed:
        parts.append(labelled(_("Still owed"), listed(owed)))
    if unkept:
        parts.append(labelled(_("Not done, and counted in the next round"), listed(unkept)))
    if offer.settlement != SettlementStatus.SETTLED:
        parts.append(_("The costs are being settled."))
    if not parts:
        return Standing(key="settled", what=_("The journey is settled."), next=_("Nothing more is owed."), **told)
    return Standing(
        key="duties", what=_("The person came to the meeting."), next=separator(strong=True).join(parts), **told
    )
