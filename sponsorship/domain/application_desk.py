"""What the pages of an application show: where everything stands, in a constant number of queries."""

from dataclasses import dataclass
from datetime import date

from ccm_portal.core.models import State
from sponsorship.domain import eligibility, standing
from sponsorship.domain.eligibility import Finding, Verdict
from sponsorship.domain.nominees import named_elsewhere
from sponsorship.domain.standing import Standing
from sponsorship.enums import ApplicationStatus, DutyKind, OfferStatus
from sponsorship.models import Application, Nominee, Offer, Round

# What became of sponsorship that counts in a later round.
PAST = (OfferStatus.TRAVELLED, OfferStatus.NO_SHOW, OfferStatus.WITHDRAWN, OfferStatus.LAPSED)


@dataclass(frozen=True)
class Row:
    """A person, where they stand, what is to be told about them, and the offer made to them once it may be known."""

    person: Nominee
    standing: Standing
    warning: str = ""
    offer: Offer | None = None


@dataclass(frozen=True)
class Eligibility:
    """What the rules find of a State, and what it comes to. ``kept_on`` is the day on which it was kept for good."""

    findings: list[Finding]
    verdict: Verdict
    kept_on: date | None = None


def people(application: Application, *, on: date) -> list[Row]:
    """The people of an application in its order, each with where they stand."""
    found = standing.with_standing(application.nominees.order_by("rank"))
    places = standing.places(application.round)
    told = named_elsewhere(application) if application.status != ApplicationStatus.WITHDRAWN else {}
    return [
        Row(
            person=one,
            standing=standing.where_it_stands(one, on=on, place=places.get(one.pk)),
            warning=told.get(one.pk, ""),
            offer=standing.last_offer(one),
        )
        for one in found
    ]


def eligible(round: Round, state: State, application: Application | None, *, on: date) -> Eligibility:
    """What the rules of the round find: as it was kept when the application was sent, else as it is today."""
    if application and application.status == ApplicationStatus.ENDORSED and application.endorsed_at:
        kept = eligibility.thawed(application.eligibility)
        return Eligibility(kept, eligibility.verdict(kept), application.endorsed_at.date())
    day = eligibility.judged_on(round, on=on)
    found = eligibility.findings(round, [state], on=day)[state.pk]
    return Eligibility(found, eligibility.verdict(found))


@dataclass(frozen=True)
class Past:
    """Somebody of the State was sponsored, and how the duties were kept: by kind, True, False or not yet known."""

    offer: Offer
    label: str
    duties: list[tuple[str, bool | None]]
    counts_against: bool


def past_of(offers: list[Offer]) -> list[Past]:
    """Earlier sponsorship of a State, from offers with their duties at hand; the newest meeting first."""
    rows = []
    for offer in sorted(offers, key=lambda one: (one.round.meeting.starts, one.pk), reverse=True):
        if offer.status not in PAST or offer.round.announced_at is None:
            continue
        kept = {duty.kind: duty.met for duty in offer.duties.all()}
        came = offer.status == OfferStatus.TRAVELLED
        rows.append(
            Past(
                offer=offer,
                label=offer.get_status_display(),
                duties=[(str(kind.label), kept[kind]) for kind in DutyKind if kind in kept and came],
                counts_against=(offer.status == OfferStatus.NO_SHOW and not offer.absence_excused)
                or (came and False in kept.values()),
            )
        )
    return rows
