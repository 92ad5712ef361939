"""The travellers of a round as a list, with what endangers each journey and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from sponsorship.domain import risks
from sponsorship.domain.duties import OWED
from sponsorship.enums import OfferStatus, SettlementStatus, TicketStatus
from sponsorship.models import Duty, Round, TravelFile


@dataclass(frozen=True, kw_only=True)
class Traveller:
    """One journey, with its risks, and how many of its duties are kept, of how many."""

    file: TravelFile
    risks: Sequence[risks.Risk]
    kept: int
    owed: int
    may_mark: bool

    @property
    def owes_ticket(self) -> bool:
        """A ticket that nobody uses and that is not returned yet."""
        given_up = self.file.offer.status in (OfferStatus.WITHDRAWN, OfferStatus.NO_SHOW)
        return given_up and self.file.offer.ticket_status == TicketStatus.BOUGHT


def travellers(round: Round, *, on: date, visa: str = "") -> list[Traveller]:
    """Those of a round, those at risk first, in a constant number of queries."""
    files = _files(round)
    met: dict[UUID, list[bool | None]] = {}
    for owing, is_met in Duty.objects.filter(offer__round=round).values_list("offer", "met"):
        met.setdefault(owing, []).append(is_met)
    found = []
    for file in files.filter(visa=visa) if visa else files:
        offer = file.offer
        owed = met.get(offer.pk, []) if offer.status in OWED else []
        is_open = offer.status == OfferStatus.ACCEPTED and offer.settlement != SettlementStatus.SETTLED
        found.append(
            Traveller(
                file=file,
                risks=risks.of_journey(file, on=on),
                kept=sum(one is True for one in owed),
                owed=len(owed),
                may_mark=is_open and on >= round.meeting.starts,
            )
        )
    return sorted(found, key=lambda one: (not one.risks, not one.owes_ticket, *_alphabetical(one)))


def _files(round: Round) -> QuerySet[TravelFile]:
    return risks.with_round(TravelFile.objects.filter(offer__round=round))


def is_shown(one: Traveller, show: str) -> bool:
    """``show``: those at ``risk``, those to ``mark``, those whose ``ticket`` is to be returned; all by default."""
    if show == "risk":
        return bool(one.risks)
    if show == "mark":
        return one.may_mark
    return one.owes_ticket if show == "ticket" else True


def _alphabetical(one: Traveller) -> tuple[str, int]:
    return one.file.offer.state.name, one.file.offer.nominee.rank
