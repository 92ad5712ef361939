"""Who works in the workspace of a body: its leaders by their terms, the ISO by its office, and persons named to it.

A place is a grant: it is given to an account that has a second factor, and ends with one act, from the person's
next request on. Whoever has no account is invited by the ISO first, since an invitation to an account alone is
bound to a State that offers it, and a body is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.domain.people import account_at
from ccm_portal.core.enums import Role
from ccm_portal.core.factors import own_factors
from ccm_portal.core.models import Membership, State, User
from ccm_portal.core.permissions import is_iso_staff
from ccm_portal.core.workflow import locked
from committees import emails_workspace as emails
from committees.domain.said import WorkRefused, said
from committees.enums import BodyNature
from committees.models import WORK_IN_BODY, Body, TermPerson, WorkspacePlace


@dataclass(frozen=True, kw_only=True)
class Worker:
    """Somebody who works in a body by an office or a term, and for whom."""

    name: str
    acts_for: str
    function: str = ""
    account: User | None = None


@transaction.atomic
def name_person(*, body: Body, email: str, place: str, acts_for: str, by: User, at: datetime) -> WorkspacePlace:
    """Give the account with this address a place in the workspace; the person is told by mail.

    :raises WorkRefused: if there is no such account, it has no second factor, or it works there already.
    """
    body = locked(body)
    user = account_at(email)
    if user is None:
        raise WorkRefused(
            _("There is no account with this address. Ask the ISO to invite the person, then name them here.")
        )
    if is_iso_staff(user, None) or leaders(body, on=at.date()).filter(user=user).exists():
        raise WorkRefused(_("This person works here already, by their office."))
    if not own_factors(user):
        raise WorkRefused(
            _("This person has not set up a second factor. Ask them to do so on the page of their account, first.")
        )
    right = Permission.objects.get(codename=WORK_IN_BODY, content_type__app_label="committees")
    given, new = WorkspacePlace.objects.get_or_create(
        user=user,
        permission=right,
        content_object=body,
        defaults={"place": place, "acts_for": said(acts_for, longest=160), "given_by": by, "given_at": at},
    )
    if not new:
        raise WorkRefused(_("This person is named to this workspace already. End that first."))
    emails.named(given, at=at)
    _record("name", body, place=place, person=user.pk, by=by, at=at)
    return given


@transaction.atomic
def end_place(*, place: WorkspacePlace, by: User, at: datetime) -> None:
    """End a place: it gives nothing from the person's next request on. What they wrote stays.

    :raises WorkRefused: if it has ended already.
    """
    body = locked(place.content_object)
    ended, _rows = WorkspacePlace.objects.filter(pk=place.pk).delete()
    if not ended:
        raise WorkRefused(_("This had ended already."))
    _record("end", body, place=place.place, person=place.user_id, by=by, at=at)


def _record(act: str, body: Body, *, place: str, person: int, by: User, at: datetime) -> None:
    """The act in the register: whom by number, no name and no address."""
    register.append(
        action=f"committees.workspace_place.{act}",
        by=by,
        at=at,
        obj=body,
        data={"body": body.key, "place": place, "person": person},
    )


def leaders(body: Body, *, on: date) -> QuerySet[TermPerson]:
    """The persons under the terms that run on ``on``. The coordination body is made up of all leaders."""
    persons = TermPerson.objects.leading(on).exclude(term__body__ends__lte=on)
    if body.kind.nature != BodyNature.COORDINATION:
        persons = persons.filter(term__body=body)
    order = ("term__body__position", "term__body__pk", "term__starts", "pk")
    return persons.select_related("term__state", "term__body", "user").order_by(*order)


def presidents(*, on: date) -> list[Worker]:
    """Who holds the office of President on ``on``, as a person with an account."""
    held = Membership.objects.in_force(on).filter(role=Role.PRESIDENT).select_related("user", "state", "organisation")
    return [
        Worker(name=one.user.name, acts_for=_name(one.acts_for), function=_("President"), account=one.user)
        for one in held.order_by("pk")
    ]


def by_office(body: Body, *, on: date) -> list[Worker]:
    """Leaders, and in coordination the President before them: who works here without being named."""
    coordinates = body.kind.nature == BodyNature.COORDINATION
    found = presidents(on=on) if coordinates else []
    for person in leaders(body, on=on):
        function = person.term.body.name if coordinates else person.function
        found.append(Worker(name=person.name, acts_for=person.term.state.name, function=function, account=person.user))
    return found


def named(body: Body) -> Iterable[WorkspacePlace]:
    """The persons named to the workspace, in the order in which they were."""
    places = WorkspacePlace.objects.filter(content_object=body).select_related("user", "given_by")
    return places.order_by("given_at", "pk")


def _name(acts_for: object) -> str:
    return acts_for.name if isinstance(acts_for, State) else str(acts_for or "")
