"""Who may do what inside a case with its entries and responses, and the querysets beside it.

    compliance.edit_entry       say an entry otherwise
    compliance.set_readers      show an entry to others: its writer, and who leads
    compliance.say_entry        what the President's report may take from it: who writes with the President
    compliance.answer_response  in the name of a State to which a response was released: its approvers

A page that lists many asks ``edits``, ``opens`` and ``says`` with the place that it has found once.
"""

from typing import Any

import rules
from django.db.models import QuerySet

from ccm_portal.core.models import User
from compliance import fence
from compliance.enums import Access, EntryKind, Side
from compliance.models import CaseEntry, CaseFile, CasePlace, CaseResponse, ComplianceCase, ResponseAddressee
from compliance.rules import WRITING, place_in, visible_entries


def is_states_own(entry: CaseEntry) -> bool:
    """A reply that the State concerned wrote itself; the team says of one that it notes on which way it came."""
    return entry.kind == EntryKind.REPLY and not entry.with_whom


def edits(place: CasePlace, entry: CaseEntry) -> bool:
    """The State's own words are the State's, everything else the team's. A step of the case stays as it was taken."""
    if place.access not in WRITING or entry.kind == EntryKind.STEP:
        return False
    return (place.side == Side.CONCERNED) == is_states_own(entry)


def opens(place: CasePlace, entry: CaseEntry) -> bool:
    """What is put to the State concerned and what it replies, both sides read."""
    if entry.kind in (EntryKind.CONCERN, EntryKind.REPLY) or place.side != Side.TEAM:
        return False
    return place.access == Access.LEAD or (place.access in WRITING and entry.written_by_id == place.user_id)


def says(place: CasePlace, entry: CaseEntry) -> bool:
    return place.side == Side.TEAM and place.access in WRITING


def _seen(user: Any, entry: CaseEntry) -> CasePlace | None:
    """The place of this person in the case, if they may read the entry."""
    place = place_in(user, entry.case)
    return place if place and visible_entries(user, entry.case).filter(pk=entry.pk).exists() else None


@rules.predicate
def edits_entry(user: Any, entry: Any) -> bool:
    place = _seen(user, entry)
    return place is not None and edits(place, entry)


@rules.predicate
def opens_entry(user: Any, entry: Any) -> bool:
    place = _seen(user, entry)
    return place is not None and opens(place, entry)


@rules.predicate
def says_entry(user: Any, entry: Any) -> bool:
    place = _seen(user, entry)
    return place is not None and says(place, entry)


@rules.predicate
def answers_response(user: Any, addressee: Any) -> bool:
    """Approves for the State to which it was released."""
    return isinstance(user, User) and addressee.state_id in user.approving_state_ids


rules.add_perm("compliance.edit_entry", edits_entry)
rules.add_perm("compliance.set_readers", opens_entry)
rules.add_perm("compliance.say_entry", says_entry)
rules.add_perm("compliance.answer_response", answers_response)


def visible_files(user: Any, case: ComplianceCase) -> QuerySet[CaseFile]:
    """The files of a case: each through the rule of its entry."""
    return CaseFile.objects.filter(entry__in=visible_entries(user, case)).select_related("file", "added_by")


def case_responses(user: Any, case: ComplianceCase) -> QuerySet[CaseResponse]:
    """The responses suggested in a case: for the President's team, and nobody else who is named in it."""
    rows = CaseResponse.objects.filter(case=case).select_related("proposed_by", "proposed_for")
    place = place_in(user, case)
    return rows if place and place.side == Side.TEAM else rows.none()


def addressed_rows(user: Any) -> QuerySet[ResponseAddressee]:
    """Responses that were released to the States for which this person acts: one row a State."""
    fence.let_in(user if isinstance(user, User) else None)
    rows = ResponseAddressee.objects.select_related("state", "response")
    if not isinstance(user, User) or not user.state_ids:
        return rows.none()
    return rows.filter(state__in=user.state_ids, response__released_at__isnull=False)


def visible_responses(user: Any) -> QuerySet[CaseResponse]:
    """The texts themselves: what a delegate of an addressed State reads, and nothing of the case."""
    return CaseResponse.objects.filter(pk__in=addressed_rows(user).values("response"))
