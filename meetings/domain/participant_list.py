"""The list of participants: delegations in the order of the United Nations, heads first; with names or as numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Prefetch, QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core import sheets
from ccm_portal.core.pdf import order
from ccm_portal.core.pdf.texts import direction_of, printable
from meetings.domain import retention
from meetings.domain.participants import in_order
from meetings.domain.reading import sentence
from meetings.enums import DelegationKind
from meetings.models import Delegation, Meeting, Participant
from meetings.rules_room import TAKES_PART

TITLES: dict[str, str | Promise] = {
    DelegationKind.STATE_PARTY: gettext_lazy("States Parties"),
    DelegationKind.SIGNATORY: gettext_lazy("Signatories"),
    DelegationKind.STATE: gettext_lazy("States not party"),
    DelegationKind.RIGHT: gettext_lazy("Observers as of right"),
    DelegationKind.INVITED: gettext_lazy("Observers by invitation"),
    DelegationKind.EXPERT: gettext_lazy("Technical experts and field workers"),
}
CSS = Path(__file__).resolve().parents[1] / "pdf" / "participants.css"


@dataclass(frozen=True)
class Entry:
    """One delegation of the list."""

    delegation: Delegation
    name: str
    persons: Sequence[Participant] = ()


@dataclass(frozen=True)
class Group:
    """Delegations that take part as the same."""

    kind: str
    title: str
    entries: tuple[Entry, ...]

    @property
    def persons(self) -> int:
        return sum(entry.delegation.size for entry in self.entries)


def groups(delegations: QuerySet[Delegation]) -> list[Group]:
    """Without names: which delegations come, by kind, each in the alphabetical order of the reader's language."""
    found = delegations.filter(status__in=TAKES_PART).select_related("state", "organisation")
    return _grouped([Entry(one, _name(one)) for one in found])


def groups_with_names(meeting: Meeting, *, on: date) -> list[Group]:
    """With the persons, the head of each delegation first; without any once they are to be deleted. Delegations of
    which no name is known are left out."""
    if retention.are_names_gone(meeting, on=on):
        return []
    found = (
        Delegation.objects.filter(meeting=meeting, status__in=TAKES_PART)
        .select_related("state", "organisation")
        .prefetch_related(Prefetch("participants", Participant.objects.order_by("pk")))
    )
    entries = [Entry(one, _name(one), tuple(in_order(one.participants.all()))) for one in found]
    return _grouped([entry for entry in entries if entry.persons])


def _name(delegation: Delegation) -> str:
    of = delegation.state or delegation.organisation
    return of.name if of else delegation.name


def _grouped(entries: Sequence[Entry]) -> list[Group]:
    def place(entry: Entry) -> tuple[str, str]:
        of = entry.delegation.state or entry.delegation.organisation
        return of.sorts_by if of else (entry.name.casefold(), entry.name)

    by_kind = {kind: sorted((e for e in entries if e.delegation.kind == kind), key=place) for kind in TITLES}
    return [Group(kind, str(TITLES[kind]), tuple(found)) for kind, found in by_kind.items() if found]


def csv(meeting: Meeting, *, on: date) -> str:
    """The same as CSV: a line for each person. Gender is not in it."""
    labels = [_("Takes part as"), _("Delegation"), _("Title"), _("Name"), _("Function"), _("Head of delegation")]
    rows = [
        [group.title, entry.name, one.title, one.name, one.function, _("yes") if one.is_head else ""]
        for group in groups_with_names(meeting, on=on)
        for entry in group.entries
        for one in entry.persons
    ]
    return sheets.csv_text([labels, *rows])


def pdf(meeting: Meeting, *, language: str, on: date, is_demonstration: bool) -> bytes:
    """The list on paper, in one of the six languages. It is set when asked for and kept nowhere.

    :raises NotRendered: if the renderer ran into a limit.
    """
    with translation.override(language):
        found = groups_with_names(meeting, on=on)
        page = order.Page(
            language=language,
            title=_("%(meeting)s: list of participants") % {"meeting": meeting.name},
            author=_("Implementation Support Office"),
            at=f"{on.isoformat()}T00:00:00+00:00",
            head_start=meeting.name,
            head_end=_("List of participants"),
            foot=meeting.short_name,
            is_demonstration=is_demonstration,
        )
        context = {
            "meeting": meeting,
            "meeting_name": printable(meeting.name),
            "when_where": sentence(meeting),
            "groups": [(group, [_on_paper(entry) for entry in group.entries]) for group in found],
            "on": on,
            "kept_until": retention.kept_until(meeting),
        }
    return order.pdf(
        "meetings/pdf/participants.html",
        context,
        page=page,
        identifier=f"{meeting.key} participants {on.isoformat()} {language}",
        sheets=[CSS],
    )


def _on_paper(entry: Entry) -> dict[str, object]:
    persons = [
        {
            "called": printable(called := " ".join(filter(None, [one.title, one.name]))),
            "called_runs": direction_of(called),
            "function": printable(one.function),
            "function_runs": direction_of(one.function),
            "is_head": one.is_head,
            "is_online": one.is_online,
        }
        for one in entry.persons
    ]
    return {"name": printable(entry.name), "persons": persons}


def file_name(meeting: Meeting, ending: str) -> str:
    """``14msp-participants.pdf``"""
    return f"{meeting.key}-participants.{ending}"
