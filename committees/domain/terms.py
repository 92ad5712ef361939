"""Terms: a State begins to lead a body, the term is corrected, it ends."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import State, User
from ccm_portal.core.workflow import locked
from committees.domain.seats import TermRefused, period_text, refuse_misfit
from committees.models import Body, Nomination, Term, TermPerson

__all__ = ["TermChanged", "TermRefused", "change_term", "end_term", "give_term"]


class TermChanged(TermRefused):
    """Somebody else has changed it since the page was opened. ``term`` is as it is now."""

    def __init__(self, term: Term) -> None:
        super().__init__(
            _("This term was changed after you opened the page: it now runs %(period)s. What you typed is kept.")
            % {"period": period_text(term.starts, term.ends)}
        )
        self.term = term


@transaction.atomic
def give_term(
    *,
    body: Body,
    state: State,
    starts: date,
    ends: date | None,
    basis: str = "",
    source: str = "",
    note: str = "",
    by: User | None,
    at: datetime,
) -> Term:
    """Record that a State leads a body over a time (``ends`` excluded), by the meeting or agreement of ``basis``.

    :raises TermRefused: if it overlaps a term of the same State, there is no seat, the body does not run, or the
        Convention is not in force for the State.
    """
    body = locked(body)
    term = begin(body=body, state=state, starts=starts, ends=ends, basis=basis, source=source, note=note)
    _recorded("give", term, by=by, at=at)
    return term


def begin(
    *,
    body: Body,
    state: State,
    starts: date,
    ends: date | None,
    basis: str,
    source: str = "",
    note: str = "",
    nomination: Nomination | None = None,
) -> Term:
    """The term itself, within an act that holds the lock of the body and tells the register.

    :raises TermRefused: as ``give_term``.
    """
    refuse_misfit(body, state, starts=starts, ends=ends)
    return Term.objects.create(
        body=body,
        state=state,
        starts=starts,
        ends=ends,
        basis=basis.strip(),
        source=source.strip(),
        note=note.strip(),
        nomination=nomination,
    )


@transaction.atomic
def change_term(
    *,
    term: Term,
    starts: date,
    ends: date | None,
    basis: str,
    source: str = "",
    note: str = "",
    version: int,
    by: User,
    at: datetime,
) -> Term:
    """Correct what is recorded of a term. Persons under it keep their days within it.

    :raises TermChanged: if it has another version than the one seen.
    :raises TermRefused: as ``give_term``.
    """
    body, term = _held(term, version)
    refuse_misfit(body, term.state, starts=starts, ends=ends, but=term)
    term.starts, term.ends = starts, ends
    term.basis, term.source, term.note = basis.strip(), source.strip(), note.strip()
    _save(term)
    _recorded("change", term, by=by, at=at)
    return term


@transaction.atomic
def end_term(*, term: Term, on: date, version: int, by: User, at: datetime) -> Term:
    """End a term so that ``on`` is the first day without it. Its persons lose the workspace with it.

    :raises TermChanged: if it has another version than the one seen.
    :raises TermRefused: if it has not begun by then, or has ended earlier.
    """
    _body, term = _held(term, version)
    if on <= term.starts:
        raise TermRefused(_("The term has not begun by that day. Correct its dates instead."))
    if term.ends and term.ends <= on:
        raise TermRefused(_("The term has ended already: it ran %(period)s.") % {"period": _period(term)})
    term.ends = on
    _save(term)
    _recorded("end", term, by=by, at=at)
    return term


def _held(term: Term, version: int) -> tuple[Body, Term]:
    """The term, locked after its body, so that two terms of one body wait for one another."""
    body = locked(term.body)
    fresh = locked(term)
    fresh.body = body
    if fresh.version != version:
        raise TermChanged(fresh)
    return body, fresh


def _save(term: Term) -> None:
    """With its persons kept within its days."""
    term.version += 1
    term.save()
    for person in TermPerson.objects.select_for_update().filter(term=term):
        starts = max(person.starts, term.starts)
        ends = min(filter(None, (person.ends, term.ends)), default=None)
        if ends is not None and ends < starts:
            starts = ends
        if (starts, ends) != (person.starts, person.ends):
            person.starts, person.ends = starts, ends
            person.save(update_fields=["starts", "ends"])


def _period(term: Term) -> str:
    return period_text(term.starts, term.ends)


def _recorded(act: str, term: Term, *, by: User | None, at: datetime) -> None:
    register.append(
        action=f"committees.term.{act}",
        by=by,
        at=at,
        state=term.state,
        obj=term,
        data={
            "body": term.body.key,
            "starts": term.starts.isoformat(),
            "ends": term.ends.isoformat() if term.ends else None,
            "basis": term.basis,
        },
    )
