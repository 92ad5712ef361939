"""What has to be done next about journeys: by the officers, and by a State's delegates."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import User
from ccm_portal.core.permissions import is_sponsorship_officer
from ccm_portal.core.work_items import WorkItem
from ccm_portal.core.writing import number_text
from sponsorship.domain import duties, risks
from sponsorship.domain.visa_clock import NOT_APPLIED, visa_clock
from sponsorship.enums import DutyKind, OfferStatus, SettlementStatus, TicketStatus
from sponsorship.models import Offer
from sponsorship.rules import office_offers
from sponsorship.rules_travel import own_duties, own_travel

AHEAD = timedelta(days=60)  # before the day to apply, the visa stands on the desk


def journeys_at_risk(user: User, on: date) -> Iterator[WorkItem]:
    """For officers: each journey that something endangers, with what is most urgent."""
    if not is_sponsorship_officer(user, None):
        return
    for travel in risks.journeys():
        its = risks.of_journey(travel, on=on)
        if its:
            yield WorkItem(
                label=_("Journey at risk: %(name)s") % {"name": travel.offer.nominee.name or travel.offer.state.name},
                url=reverse("sponsorship:travel", args=[travel.offer_id]),
                due=min((one.by for one in its if one.by), default=None),
                acts_for=travel.offer.state.name,
                detail=" ".join(one.words for one in its),
            )


def to_mark(user: User, on: date) -> Iterator[WorkItem]:
    """For officers: who came, once a meeting is over; tickets that nobody uses."""
    if not is_sponsorship_officer(user, None):
        return
    open_ones = office_offers(user).exclude(settlement=SettlementStatus.SETTLED)
    over = open_ones.filter(status=OfferStatus.ACCEPTED, round__meeting__ends__lt=on)
    for key, name, count in _by_round(over):
        words = ngettext("Say whether %(count)s person came", "Say which of %(count)s people came", count)
        yield WorkItem(
            label=words % {"count": number_text(count)},
            url=reverse("sponsorship:traveller-list", args=[key]) + "?show=mark",
            due=None,
            acts_for=name,
        )
    unused = Q(status__in=(OfferStatus.WITHDRAWN, OfferStatus.NO_SHOW), ticket_status=TicketStatus.BOUGHT)
    for key, name, count in _by_round(open_ones.filter(unused)):
        words = ngettext("%(count)s ticket to return", "%(count)s tickets to return", count)
        yield WorkItem(
            label=words % {"count": number_text(count)},
            url=reverse("sponsorship:traveller-list", args=[key]) + "?show=ticket",
            due=None,
            acts_for=name,
        )


def visas_to_apply_for(user: User, on: date) -> Iterator[WorkItem]:
    """For a State's delegates: the visas of those who travel for it."""
    if not user.state_ids:
        return
    for travel in own_travel(user).filter(offer__status=OfferStatus.ACCEPTED, visa__in=NOT_APPLIED):
        offer = travel.offer
        day = visa_clock(travel, offer.round).apply_by
        if on >= day - AHEAD and on <= offer.round.meeting.ends:
            yield WorkItem(
                label=_("Apply for the visa: %(name)s") % {"name": offer.nominee.name},
                url=reverse("sponsorship:own-travel", args=[offer.state.slug, offer.round.key, offer.pk]),
                due=day,
                acts_for=offer.state.name,
                detail=offer.round.meeting.name,
            )


def reports_to_hand_in(user: User, on: date) -> Iterator[WorkItem]:
    """For a State's delegates: the reports on meetings that are over."""
    if not user.state_ids:
        return
    owed = own_duties(user).filter(kind=DutyKind.REPORT, text="", noted_by=None, offer__status__in=duties.OWED)
    for duty in owed.filter(offer__round__meeting__ends__lt=on):
        offer = duty.offer
        yield WorkItem(
            label=_("Report on the participation: %(name)s") % {"name": offer.nominee.name or offer.state.name},
            url=reverse("sponsorship:own-report", args=[offer.state.slug, offer.round.key, duty.pk]),
            due=duties.report_due(offer.round),
            acts_for=offer.state.name,
            detail=offer.round.meeting.name,
        )


def _by_round(offers: QuerySet[Offer]) -> list[tuple[str, str, int]]:
    """Of each round its key, the name of its meeting, and how many."""
    found: dict[str, tuple[str, int]] = {}
    for offer in offers.order_by("round", "pk"):
        name, count = found.get(offer.round.key, (offer.round.meeting.name, 0))
        found[offer.round.key] = (name, count + 1)
    return [(key, name, count) for key, (name, count) in found.items()]


PROVIDERS = (journeys_at_risk, to_mark, visas_to_apply_for, reports_to_hand_in)
