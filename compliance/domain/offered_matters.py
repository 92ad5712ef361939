"""Late reports and lapsed deadlines, offered to the President as matters: every State by the same rule."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.enums import Clock
from ccm_portal.core.models import User
from ccm_portal.core.permissions import require
from committees.domain.said import said
from compliance.domain.case_acts import CaseRefused, case_act
from compliance.domain.obligation_rows import Obligation
from compliance.domain.obligations import obligations
from compliance.enums import ObligationKind, Standing, Subject
from compliance.models import ComplianceCase, MatterSetAside
from compliance.rules import visible_cases, visible_set_aside

CHAIN = "presidency"  # of the register: shown to who presides
ARTICLES = {
    ObligationKind.INITIAL_REPORT: Subject.ART_7,
    ObligationKind.ANNUAL_REPORT: Subject.ART_7,
    ObligationKind.RETENTION_REPORT: Subject.ART_3,
    ObligationKind.STOCKPILE: Subject.ART_3,
    ObligationKind.CLEARANCE: Subject.ART_4,
    ObligationKind.NEW_CLEARANCE: Subject.ART_4,
}


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One overdue obligation; the matter that was opened from it or the reason why none was, if there is either."""

    obligation: Obligation
    case: ComplianceCase | None = None
    set_aside: MatterSetAside | None = None

    @property
    def name(self) -> str:
        """Names it in an address."""
        return f"{self.obligation.state.slug}:{self.obligation.key}"

    @property
    def is_settled(self) -> bool:
        return self.case is not None or self.set_aside is not None


def overdue(*, on: date) -> list[Obligation]:
    """Everything that has lapsed without a request pending, of every State, the longest overdue first."""
    years = range(settings.RECORD_BEGINS.year - 1, on.year)
    kinds = set(ObligationKind) - {ObligationKind.CLARIFICATION}  # of a reply there is a matter already
    rows = [row for row in obligations(on=on, years=years, kinds=kinds) if row.standing == Standing.LAPSED]
    return sorted(rows, key=lambda row: (row.due, row.state.slug, row.key))


def offers(user: User, *, on: date) -> list[Offer]:
    """What is offered to the President: the same list whoever holds the office, with what was done about each as far
    as this person is named there."""
    opened = {(one.state_id, one.obligation_key): one for one in visible_cases(user).exclude(obligation_key="")}
    aside = {(one.state_id, one.obligation_key): one for one in visible_set_aside(user)}
    return [
        Offer(obligation=row, case=opened.get((row.state.pk, row.key)), set_aside=aside.get((row.state.pk, row.key)))
        for row in overdue(on=on)
    ]


def offer_named(user: User, name: str, *, on: date) -> Offer | None:
    """The one that ``Offer.name`` names, if it is still overdue."""
    return next((one for one in offers(user, on=on) if one.name == name), None)


def article_of(row: Obligation) -> Subject:
    """The article under which a matter about it would stand."""
    if row.clock and row.kind not in ARTICLES:
        return Subject.ART_3 if row.clock.clock == Clock.ART3 else Subject.ART_4
    return ARTICLES.get(row.kind, Subject.OTHER)


@case_act
def set_aside(*, offer: Offer, reason: str, by: User, at: datetime) -> MatterSetAside:
    """Open no matter about it, and say why.

    :raises PermissionDenied: to anybody but the President.
    :raises WorkRefused: without a reason, or where a matter was opened or it was set aside already.
    """
    require(by, "compliance.open_case", None)
    row = offer.obligation
    told = said(reason, longest=2000, empty=_("Say why no matter is opened."))
    if MatterSetAside.objects.filter(state=row.state, obligation_key=row.key).exists() or offer.case:
        raise CaseRefused(_("This was decided already."))
    kept = MatterSetAside.objects.create(
        state=row.state, obligation_key=row.key, due=row.due, reason=told, set_aside_by=by, set_aside_at=at
    )
    register.append(action="compliance.matter.set_aside", by=by, at=at, obj=kept, chain=CHAIN)
    return kept
