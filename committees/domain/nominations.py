"""A State is put forward to lead a body; others support it; it can be taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import Organisation, State, User
from ccm_portal.core.workflow import TransitionRefused, locked
from ccm_portal.core.writing import plain
from committees.domain.seats import TermRefused, period_text, refuse_misfit
from committees.enums import NominationStatus
from committees.models import Body, Endorsement, Nomination, Term
from committees.workflow import ENDORSE, OPEN, WITHDRAW

LONGEST = 5000


class NominationRefused(Exception):
    """It cannot be done with this nomination. The message is fit to show the user."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """What speaks for the State, by the criteria of the paper of 2010, and who would come."""

    experience: str
    capacity: str
    record: str
    person_name: str = ""
    person_gender: str = ""
    note_reference: str = ""


@transaction.atomic
def nominate(*, body: Body, state: State, starts: date, ends: date, case: Case, by: User, at: datetime) -> Nomination:
    """Put ``state`` forward to lead ``body`` over a time (``ends`` excluded).

    :raises NominationRefused: if a criterion is not answered, the State could not hold the term, or it is
        nominated for it already. That a seat is still taken is no reason: the meeting may fill a vacancy to come.
    """
    body = locked(body)
    answers = {key: plain(getattr(case, key)) for key in ("experience", "capacity", "record")}
    if not all(answers.values()):
        raise NominationRefused(_("Answer each of the three criteria."))
    if any(len(answer) > LONGEST for answer in answers.values()):
        raise NominationRefused(_("Write at most %(limit)s characters.") % {"limit": LONGEST})
    try:
        refuse_misfit(body, state, starts=starts, ends=ends, seats_matter=False)
    except TermRefused as refusal:
        raise NominationRefused(str(refusal)) from refusal
    for there in Nomination.objects.filter(body=body, state=state, status__in=OPEN):
        if there.starts < ends and starts < there.ends:
            raise NominationRefused(
                _("Your State is nominated for this body already, %(period)s. Withdraw that nomination first.")
                % {"period": period_text(there.starts, there.ends)}
            )
    nomination = Nomination.objects.create(
        body=body,
        state=state,
        starts=starts,
        ends=ends,
        **answers,
        person_name=case.person_name.strip(),
        person_gender=case.person_gender,
        note_reference=case.note_reference.strip(),
        nominated_by=by,
        nominated_at=at,
    )
    register.append(
        action="committees.nomination.nominate",
        by=by,
        at=at,
        state=state,
        obj=nomination,
        data={"body": body.key, "starts": starts.isoformat(), "ends": ends.isoformat()},
    )
    return nomination


@transaction.atomic
def withdraw(*, nomination: Nomination, by: User, at: datetime, version: int | None = None) -> Nomination:
    """The State takes its nomination back.

    :raises NominationRefused: if it is settled.
    """
    _body, held = _held(nomination)
    if version is not None and held.version != version:
        raise NominationRefused(
            _("The nomination was changed after you opened the page: it is “%(status)s” now. Look, then decide.")
            % {"status": held.get_status_display()}
        )
    held.settled_at, held.settled_on = at, at.date()
    held.version += 1
    try:
        WITHDRAW.apply(held)
    except TransitionRefused as refusal:
        raise NominationRefused(str(refusal)) from refusal
    WITHDRAW.record(held, by=by, at=at, data={"body": held.body.key})
    return held


@transaction.atomic
def endorse(*, nomination: Nomination, party: State | Organisation, by: User, at: datetime) -> Endorsement:
    """A State or an organisation that takes part in coordination supports the nomination.

    :raises NominationRefused: if the nomination is settled, is the State's own, or has this support already.
    """
    _body, held = _held(nomination)
    if held.status == NominationStatus.WITHDRAWN:
        raise NominationRefused(_("%(state)s has withdrawn this nomination.") % {"state": held.state.name})
    own = isinstance(party, State) and party.pk == held.state_id
    if own:
        raise NominationRefused(_("A State does not endorse its own nomination."))
    field = "state" if isinstance(party, State) else "organisation"
    if Endorsement.objects.filter(nomination=held, **{field: party}).exists():
        raise NominationRefused(_("%(who)s has endorsed this nomination already.") % {"who": party.name})
    held.version += 1
    try:
        ENDORSE.apply(held)
    except TransitionRefused as refusal:
        raise NominationRefused(str(refusal)) from refusal
    endorsement = Endorsement.objects.create(nomination=held, given_by=by, given_at=at, **{field: party})
    key = party.iso3 if isinstance(party, State) else party.key
    ENDORSE.record(held, by=by, at=at, data={"body": held.body.key, "by": key})
    return endorsement


def proposed_period(body: Body, *, on: date) -> tuple[date, date]:
    """When a new term would run: from the vacancy, or from the end of the term that ends first, for as long as terms
    of this body last. The end is excluded."""
    running = list(Term.objects.running(on).filter(body=body))
    ends = sorted(term.ends for term in running if term.ends)
    starts = on if len(running) < body.seats or not ends else ends[0]
    return starts, _years_later(starts, body.term_years)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)


def _held(nomination: Nomination) -> tuple[Body, Nomination]:
    """The nomination, locked after its body, as an election locks them."""
    body = locked(nomination.body)
    held = locked(nomination)
    held.body = body
    return body, held
