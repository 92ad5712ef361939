"""The delegations of a meeting as its desk reads them: who lacks a head or a note, who asks, whose credentials wait."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.models import State
from committees.enums import Gender
from meetings.domain.delegations import STATE_KINDS
from meetings.domain.participant_list import TITLES
from meetings.enums import CredentialsStatus, DelegationStatus
from meetings.models import Delegation, Meeting, Participant
from meetings.rules_room import TAKES_PART


@dataclass(frozen=True)
class Row:
    """A delegation in the list."""

    delegation: Delegation
    name: str
    has_head: bool

    @property
    def comes(self) -> bool:
        return self.delegation.status in TAKES_PART

    @property
    def is_state(self) -> bool:
        return self.delegation.kind in STATE_KINDS

    @property
    def lacks_head(self) -> bool:
        return self.comes and self.delegation.size > 0 and not self.has_head

    @property
    def lacks_note(self) -> bool:
        return self.comes and self.is_state and self.delegation.status != DelegationStatus.NOTIFIED

    @property
    def credentials_wait(self) -> bool:
        return self.comes and self.is_state and self.delegation.credentials != CredentialsStatus.ACCEPTED

    @property
    def asks(self) -> bool:
        return self.delegation.status == DelegationStatus.ASKED


View = tuple[str, str | Promise, Callable[[Row], bool]]


def views() -> tuple[View, ...]:
    """The ways to look at the list: name in the address, label, which rows."""
    return (
        ("", _("All"), lambda row: True),
        ("asking", _("Ask to be invited"), lambda row: row.asks),
        ("no-head", _("Without a head"), lambda row: row.lacks_head),
        ("no-note", _("Not notified"), lambda row: row.lacks_note),
        ("credentials", _("Credentials"), lambda row: row.credentials_wait),
    )


def rows(delegations: QuerySet[Delegation]) -> list[Row]:
    """In the order of the list of participants: by kind, each by name. One query."""
    head = Participant.objects.filter(delegation=OuterRef("pk"), is_head=True)
    found = delegations.select_related("state", "organisation").annotate(has_head=Exists(head))
    made = [Row(one, _name(one), one.has_head) for one in found]
    kinds = list(TITLES)
    return sorted(made, key=lambda row: (kinds.index(row.delegation.kind), _place(row)))


def narrowed(found: Iterable[Row], show: str) -> list[Row]:
    """The rows of one view; all where the address names none."""
    belongs = next((belongs for name, _label, belongs in views() if name == show), None)
    return [row for row in found if belongs is None or belongs(row)]


def parties_not_expected(meeting: Meeting) -> int:
    """How many States Parties of the first day have no delegation yet."""
    return State.objects.parties_on(meeting.starts).exclude(delegations__meeting=meeting).count()


def counts(meeting: Meeting) -> dict[str, int]:
    """Persons by gender, as far as they said; of delegations that come."""
    persons = Participant.objects.filter(delegation__meeting=meeting, delegation__status__in=TAKES_PART)
    return persons.aggregate(
        women=Count("pk", filter=Q(gender=Gender.WOMAN)),
        men=Count("pk", filter=Q(gender=Gender.MAN)),
        all=Count("pk"),
    )


def _name(delegation: Delegation) -> str:
    of = delegation.state or delegation.organisation
    return of.name if of else delegation.name


def _place(row: Row) -> tuple[str, str]:
    of = row.delegation.state or row.delegation.organisation
    return of.sorts_by if of else (row.name.casefold(), row.name)
