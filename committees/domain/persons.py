"""Persons under a term: a contact, and with an account somebody who writes in the workspace."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from committees.domain.seats import period_text
from committees.models import Term, TermPerson


class PersonRefused(Exception):
    """It cannot be done. The message is fit to show the user."""


@transaction.atomic
def name_person(
    *,
    term: Term,
    name: str,
    email: str = "",
    function: str = "",
    gender: str = "",
    starts: date | None = None,
    by: User,
    at: datetime,
) -> TermPerson:
    """Name somebody under a term, until the term ends. With the address of an account the person works in the
    workspace of the body from the first day on; without one they are a contact.

    :raises PersonRefused: if there is no open account with the address, it stands under the term already, or the first
        day lies outside the term.
    """
    term = locked(term)
    if not name.strip():
        raise PersonRefused(_("Write the name."))
    user = _account(email)
    starts = starts or max(term.starts, at.date())
    if starts < term.starts or (term.ends and starts >= term.ends):
        raise PersonRefused(
            _("The first day must lie within the term, which runs %(period)s.")
            % {"period": period_text(term.starts, term.ends)}
        )
    if user and _stands(term, user, starts=starts):
        raise PersonRefused(_("This person stands under the term already."))
    person = TermPerson.objects.create(
        term=term,
        user=user,
        name=name.strip(),
        function=function.strip(),
        gender=gender,
        starts=starts,
        ends=term.ends,
    )
    _recorded("name", person, by=by, at=at)
    return person


@transaction.atomic
def end_person(*, person: TermPerson, by: User, at: datetime) -> TermPerson:
    """The person no longer stands under the term, from the next request on. Nothing happens where that is so."""
    term = locked(person.term)
    held = locked(person)
    held.term = term
    today = at.date()
    if held.ends and held.ends <= today:
        return held
    held.starts, held.ends = min(held.starts, today), today
    held.save(update_fields=["starts", "ends"])
    _recorded("end", held, by=by, at=at)
    return held


def _account(email: str) -> User | None:
    address = email.strip().lower()
    if not address:
        return None
    user = User.objects.filter(email=address, is_active=True).first()
    if user is None:
        raise PersonRefused(
            _("There is no open account with this address. Invite the person first, or leave the address empty.")
        )
    return user


def _stands(term: Term, user: User, *, starts: date) -> bool:
    return any(p.ends is None or p.ends > starts for p in TermPerson.objects.filter(term=term, user=user))


def _recorded(act: str, person: TermPerson, *, by: User, at: datetime) -> None:
    register.append(
        action=f"committees.term_person.{act}",
        by=by,
        at=at,
        state=person.term.state,
        obj=person,
        data={"body": person.term.body.key, "with_account": person.user_id is not None},
    )
