"""What came of a nomination: the State was elected, or agreed upon, at a meeting; or it was not."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.workflow import TransitionRefused, locked
from committees.domain import terms
from committees.domain.seats import TermRefused
from committees.models import Nomination, Term, TermPerson
from committees.workflow import ELECT, NOT_ELECT

__all__ = ["ElectionRefused", "elect", "not_elected"]


class ElectionRefused(Exception):
    """It cannot be recorded. The message is fit to show the user."""


@transaction.atomic
def elect(*, nomination: Nomination, on: date, basis: str, by: User, at: datetime, version: int | None = None) -> Term:
    """Record that the State was elected or agreed upon on ``on``; its term begins as it was nominated for, with the
    person who was proposed. ``basis`` names the meeting and the place: "13MSP, final report, paragraph 40";
    ``version`` is the one that was seen, where a page showed it.

    :raises ElectionRefused: if the nomination is settled, nothing is said of the basis, the day lies in the future or
        before the nomination, or the term does not fit (overlap, no seat, Convention not in force).
    """
    held = _held(nomination, on=on, basis=basis, at=at, version=version)
    if not held.state.is_party_on(on):
        raise ElectionRefused(
            _("The Convention is not in force for %(state)s on the day of the decision.") % {"state": held.state.name}
        )
    try:
        ELECT.check(held)
        term = terms.begin(
            body=held.body,
            state=held.state,
            starts=held.starts,
            ends=held.ends,
            basis=basis,
            nomination=held,
        )
    except (TransitionRefused, TermRefused) as refusal:
        raise ElectionRefused(str(refusal)) from refusal
    if held.person_name:
        TermPerson.objects.create(
            term=term,
            name=held.person_name,
            gender=held.person_gender,
            starts=term.starts,
            ends=term.ends,
        )
    held.version += 1
    ELECT.apply(held)
    ELECT.record(held, by=by, at=at, data=_told(held) | {"term": term.pk})
    return term


@transaction.atomic
def not_elected(
    *, nomination: Nomination, on: date, basis: str, by: User, at: datetime, version: int | None = None
) -> Nomination:
    """Record that a meeting chose otherwise.

    :raises ElectionRefused: if the nomination is settled, nothing is said of the basis, or the day cannot be.
    """
    held = _held(nomination, on=on, basis=basis, at=at, version=version)
    held.version += 1
    try:
        NOT_ELECT.apply(held)
    except TransitionRefused as refusal:
        raise ElectionRefused(str(refusal)) from refusal
    NOT_ELECT.record(held, by=by, at=at, data=_told(held))
    return held


def _held(nomination: Nomination, *, on: date, basis: str, at: datetime, version: int | None) -> Nomination:
    """The nomination, locked after its body, with what settled it; not saved."""
    if not basis.strip():
        raise ElectionRefused(_("Say at which meeting it was decided, and where that stands."))
    if on > at.date():
        raise ElectionRefused(_("This day lies in the future."))
    body = locked(nomination.body)
    held = locked(nomination)
    held.body = body
    if version is not None and held.version != version:
        raise ElectionRefused(
            _("The nomination was changed after you opened the page: it is “%(status)s” now. Look, then record.")
            % {"status": held.get_status_display()}
        )
    if on < held.nominated_at.date():
        raise ElectionRefused(_("The State was nominated after this day."))
    held.settled_on, held.settled_at, held.basis = on, at, basis.strip()
    return held


def _told(nomination: Nomination) -> dict[str, object]:
    return {
        "body": nomination.body.key,
        "on": nomination.settled_on.isoformat() if nomination.settled_on else None,
        "basis": nomination.basis,
    }
