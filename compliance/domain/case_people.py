"""Who is named in a case: naming and ending, and how the lead passes on. Every act stands on the case's own chain."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ccm_portal.core.domain.people import account_at
from ccm_portal.core.enums import Role
from ccm_portal.core.factors import own_factors
from ccm_portal.core.models import Membership, State, User
from ccm_portal.core.permissions import is_president, require
from ccm_portal.core.writing import listed
from committees.domain.said import said
from committees.models import TermPerson
from compliance import emails, fence
from compliance.domain.case_acts import CaseRefused, case_act, held, noted, own_state
from compliance.domain.cases import given_place
from compliance.enums import Access, Side
from compliance.models import CasePlace, ComplianceCase, EntryReader

TO_GIVE = (Access.READ, Access.WRITE)


@case_act
def name_person(
    *, case: ComplianceCase, email: str, access: str, side: str, acts_for: str = "", by: User, at: datetime
) -> CasePlace:
    """Name an existing account in the case; the person is told that their desk holds something new.

    :raises WorkRefused: if there is no such account, it acts for nobody or has no second factor, is named already, or
        stands on the other side.
    """
    case = held(case, "compliance.lead_case", by=by)
    user = account_at(email)
    if user is None:
        raise CaseRefused(_("There is no account with this address."))
    if not user.acts:
        raise CaseRefused(_("This person acts for nobody today."))
    if not own_factors(user):
        raise CaseRefused(
            _("This person has not set up a second factor. Ask them to do so on the page of their account, first.")
        )
    concerned = case.state_id in user.state_ids
    if side == Side.CONCERNED and not concerned:
        raise CaseRefused(_("This person does not act for %(state)s.") % {"state": case.state.name})
    if side == Side.TEAM and concerned:
        raise CaseRefused(_("This person acts for %(state)s: name them on its side.") % {"state": case.state.name})
    if access not in TO_GIVE or CasePlace.objects.filter(content_object=case, user=user).exists():
        raise CaseRefused(_("This person is named in this matter already. End that first."))
    words = said(acts_for, longest=160) or words_for(user)[:160]
    place = given_place(case, user, access=access, side=side, acts_for=words, by=by, at=at)
    emails.news(to=user, at=at)
    noted(case, "name", by=by, at=at, person=user.pk, access=access, side=side)
    return place


@case_act
def end_place(*, case: ComplianceCase, place: CasePlace, by: User, at: datetime) -> None:
    """End a place: it gives nothing from the person's next request on. What they wrote stays.

    :raises WorkRefused: if it has ended already, or is the place of who leads the case.
    """
    case = held(case, "compliance.lead_case", by=by)
    row = CasePlace.objects.select_for_update().filter(pk=place.pk, content_object=case).first()
    if row is None:
        raise CaseRefused(_("This had ended already."))
    if row.access == Access.LEAD:
        raise CaseRefused(_("Whoever leads a matter hands it over."))
    _let(case, row)
    noted(case, "end_place", by=by, at=at, person=row.user_id)


@case_act
def hand_over(
    *, cases: Iterable[ComplianceCase], to: User, stays: str = "", by: User, at: datetime
) -> list[ComplianceCase]:
    """Give the lead of these cases to the incoming President; ``stays`` is what who led them may do from now on,
    nothing if it is empty.

    :raises WorkRefused: if the other account does not preside or has no second factor.
    """
    if to == by or not to.is_active or not is_president(to, None):
        raise CaseRefused(_("Matters are handed over to the person who presides."))
    if not own_factors(to):
        raise CaseRefused(
            _("This person has not set up a second factor. Ask them to do so on the page of their account, first.")
        )
    if stays not in ("", *TO_GIVE):
        raise ValueError(f"Nobody stays to {stays!r}.")
    passed = [_passed(one, to, stays, by=by, at=at) for one in sorted(cases, key=lambda one: one.pk)]
    if passed:
        emails.news(to=to, at=at)
    for case in passed:
        noted(case, "hand_over", by=by, at=at, person=to.pk, stays=stays, **own_state(case, to))
    return passed


def _passed(case: ComplianceCase, to: User, stays: str, *, by: User, at: datetime) -> ComplianceCase:
    """The lead is theirs; in an order in which the database sees who acts named in the case until the end."""
    case = held(case, "compliance.lead_case", by=by)
    mine = CasePlace.objects.select_for_update().get(content_object=case, user=by)
    CasePlace.objects.filter(content_object=case, user=to).delete()
    mine.access = stays or Access.READ
    mine.acts_for = words_for(by)[:160]
    mine.save()
    given_place(case, to, access=Access.LEAD, side=Side.TEAM, acts_for=_("President"), by=by, at=at)
    if case.next_owner_id == by.pk and not stays:
        case.next_owner = to
    case.version += 1
    case.save()
    if not stays:
        _let(case, mine)
    return case


def adrift(user: User) -> list[str]:
    """For the President: the ids of cases that nobody leads who acts for anybody. Nothing else of them is told."""
    if not is_president(user, None):
        return []
    with fence.reading_as(user), connection.cursor() as cursor:
        cursor.execute("SELECT compliance_adrift()")
        return sorted(str(row[0]) for row in cursor.fetchall())


@case_act
def take_over(*, by: User, at: datetime) -> list[ComplianceCase]:
    """The President in office leads from now on what nobody leads who acts for anybody.

    :raises PermissionDenied: to anybody but the President.
    """
    require(by, "compliance.open_case", None)
    taken = []
    for pk in adrift(by):
        with connection.cursor() as cursor:
            cursor.execute("SELECT compliance_take_over(%s, %s, %s)", [pk, _("President"), at])
            (done,) = cursor.fetchone()
        if done:
            taken.append(ComplianceCase.objects.get(pk=pk))
    for case in taken:
        noted(case, "take_over", by=by, at=at, **own_state(case, by))
    return taken


def let_go(user: User, at: datetime) -> None:
    """The account is about to be entered anew, by whoever holds a new invitation: its places in cases end, and nobody
    outside those cases learns that there were any."""
    with fence.reading_as(user):
        for place in CasePlace.objects.filter(user=user).select_related("content_object").order_by("content_object"):
            case = place.content_object
            _let(case, place)
            noted(case, "end_place", by=None, at=at, person=user.pk)


def _let(case: ComplianceCase, place: CasePlace) -> None:
    """The place ends, and with it what was opened to the person alone."""
    EntryReader.objects.filter(entry__case=case, user=place.user_id).delete()
    if case.next_owner_id == place.user_id:
        case.next_owner = None
        case.version += 1
        case.save()
    place.delete()


def words_for(user: User) -> str:
    """For whom a person acts, in words."""
    names = dict.fromkeys(_name(membership.acts_for) for membership in user.memberships_named)
    return listed(names)


def presiding(*, on: date, but: User) -> QuerySet[User]:
    """Who presides on ``on``, apart from one: to whom matters can be handed over."""
    held_now = Membership.objects.in_force(on).filter(role=Role.PRESIDENT)
    return User.objects.filter(pk__in=held_now.values("user")).exclude(pk=but.pk).order_by("name", "pk")


def leaders_to_name(case: ComplianceCase, *, on: date) -> list[TermPerson]:
    """The leaders of committees with an account, of other States than the one concerned: whom a page offers to name."""
    persons = TermPerson.objects.leading(on).filter(user__is_active=True).exclude(term__state=case.state)
    named = CasePlace.objects.filter(content_object=case).values("user")
    order = ("term__body__position", "term__body__pk", "pk")
    return list(persons.exclude(user__in=named).select_related("term__state", "term__body", "user").order_by(*order))


def _name(acts_for: object) -> str:
    return acts_for.name if isinstance(acts_for, State) else str(acts_for or "")
