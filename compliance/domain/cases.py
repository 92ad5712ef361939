"""Opening a matter: what is asked about which State, where it came from, on whose word; how far that may be known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Permission
from django.utils.translation import gettext as _

from ccm_portal.core.models import State, User
from ccm_portal.core.permissions import require
from committees.domain.said import refuse_stale, said
from compliance.domain.case_acts import case_act, held, noted, own_state
from compliance.enums import Access, Protection, Side
from compliance.models import READ_CASE, CasePlace, CaseSource, ComplianceCase

LONGEST_TITLE = 200


@dataclass(frozen=True, kw_only=True)
class SourceGiven:
    """Where something is known from: whose word, what it says, where it can be read, how far it may be known."""

    name: str
    said: str = ""
    reference: str = ""
    protection: str = Protection.TEAM


def given_place(
    case: ComplianceCase, user: User, *, access: str, side: str, acts_for: str, by: User, at: datetime
) -> CasePlace:
    """The row of a grant. Called in the transaction of the act that gives it."""
    right = Permission.objects.get(codename=READ_CASE, content_type__app_label="compliance")
    return CasePlace.objects.create(
        user=user,
        permission=right,
        content_object=case,
        access=access,
        side=side,
        acts_for=acts_for,
        given_by=by,
        given_at=at,
    )


@case_act
def open_case(
    *,
    state: State,
    article: str,
    title: str,
    origin: str,
    facts: str,
    sources: Iterable[SourceGiven] = (),
    restricted_words: Iterable[str] = (),
    obligation_key: str = "",
    by: User,
    at: datetime,
) -> ComplianceCase:
    """Open a matter about one State. The President who opens it leads it; nobody else knows of it.

    :raises PermissionDenied: to anybody but the President.
    :raises WorkRefused: if it has no title or says nothing of what is alleged.
    """
    require(by, "compliance.open_case", None)
    case = ComplianceCase.objects.create(
        state=state,
        article=article,
        title=said(title, longest=LONGEST_TITLE, empty=_("Give the matter a name.")),
        origin=origin,
        obligation_key=obligation_key,
        facts=said(facts, empty=_("Say what is known.")),
        restricted_words=words_of(restricted_words),
        opened_by=by,
        opened_at=at,
    )
    given_place(case, by, access=Access.LEAD, side=Side.TEAM, acts_for=_("President"), by=by, at=at)
    for source in sources:
        _keep(case, source, by=by, at=at)
    noted(case, "open", by=by, at=at, **own_state(case, by))
    return case


@case_act
def edit_case(
    *,
    case: ComplianceCase,
    title: str,
    article: str,
    facts: str,
    restricted_words: Iterable[str],
    version: int,
    by: User,
    at: datetime,
) -> ComplianceCase:
    """Say the matter otherwise: its name, its article, what is alleged, and the words that no report may hold.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if it has no title or says nothing of what is alleged.
    """
    case = held(case, "compliance.lead_case", by=by)
    refuse_stale(case, version)
    case.title = said(title, longest=LONGEST_TITLE, empty=_("Give the matter a name."))
    case.article = article
    case.facts = said(facts, empty=_("Say what is known."))
    case.restricted_words = words_of(restricted_words)
    case.version += 1
    case.save()
    noted(case, "edit", by=by, at=at)
    return case


@case_act
def add_source(*, case: ComplianceCase, source: SourceGiven, by: User, at: datetime) -> CaseSource:
    """Note one more source. One that the President alone may know is noted by the President alone.

    :raises WorkRefused: if nobody is named, or it is to be kept from the person who notes it.
    """
    case = held(case, "compliance.write_case", by=by)
    if source.protection == Protection.LEAD:
        require(by, "compliance.lead_case", case)
    row = _keep(case, source, by=by, at=at)
    noted(case, "add_source", by=by, at=at, source=row.pk)
    return row


@case_act
def edit_source(*, source: CaseSource, given: SourceGiven, version: int, by: User, at: datetime) -> CaseSource:
    """Correct a source, or protect it otherwise: the President alone.

    :raises WorkChanged: if it has another version than the one seen.
    """
    case = held(source.case, "compliance.lead_case", by=by)
    row = CaseSource.objects.select_for_update().get(pk=source.pk, case=case)
    refuse_stale(row, version)
    row.name, row.said, row.reference = _words_of_source(given)
    row.protection = given.protection
    row.version += 1
    row.save()
    noted(case, "edit_source", by=by, at=at, source=row.pk)
    return row


def _keep(case: ComplianceCase, source: SourceGiven, *, by: User, at: datetime) -> CaseSource:
    name, told, reference = _words_of_source(source)
    return CaseSource.objects.create(
        case=case,
        name=name,
        said=told,
        reference=reference,
        protection=source.protection,
        noted_by=by,
        noted_at=at,
    )


def _words_of_source(source: SourceGiven) -> tuple[str, str, str]:
    name = said(source.name, longest=200, empty=_("Say whose word it is."))
    return name, said(source.said), said(source.reference, longest=300)


def words_of(words: Iterable[str]) -> list[str]:
    """Each once, without what surrounds it, in the order in which they were given."""
    return list(dict.fromkeys(word for one in words if (word := " ".join(one.split()))))
