"""The decision on a round: chosen person by person, decided quietly, told to everybody at the same moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import register
from ccm_portal.core.models import State, User
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import listed
from committees.domain.said import WorkRefused, refuse_stale, said
from sponsorship import emails_offers as emails
from sponsorship.domain import funds, offering, waiting
from sponsorship.domain.conflicts import declared
from sponsorship.domain.ranking import Ranked, departures, rank, waiting_order
from sponsorship.enums import ApplicationStatus, NomineeStatus, RoundStatus
from sponsorship.models import Nominee, Round
from sponsorship.rules_assessment import in_conflict
from sponsorship.workflow_assessment import ANNOUNCE, CHOICES, DECIDE, TAKE_BACK

LONGEST_REASON = 1000


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What is chosen for one person. ``waiting`` is the place on the waiting list that was asked for."""

    nominee: str
    status: NomineeStatus
    waiting: int | None = None
    reason: str = ""


@transaction.atomic
def choose(*, round: Round, choices: Iterable[Choice], version: int, by: User, at: datetime) -> int:
    """Keep what is chosen; the places on the waiting list are numbered anew, those asked for first.

    :returns: how many people were changed.
    :raises WorkChanged: if somebody else has chosen since the page was opened.
    :raises WorkRefused: outside the time for it, without declared conflicts, or for a State with which one is in
        conflict.
    """
    round = _to_choose(round, version=version, by=by)
    rows = rank(round)
    asked = {choice.nominee: choice for choice in choices}
    return _keep(round, rows, asked, by=by, at=at)


@transaction.atomic
def propose(*, round: Round, version: int, by: User, at: datetime) -> int:
    """Choose what the ranking alone would give: the first so many, at most one a State as long as others wait.

    Reasons that were written stay where the choice stays. People of States with which one is in conflict get what the
    ranking gives like everybody else: nobody decides that.

    :raises WorkChanged: if somebody else has chosen since the page was opened.
    :raises WorkRefused: outside the time for it, or without declared conflicts.
    """
    round = _to_choose(round, version=version, by=by)
    rows = rank(round)
    asked = {
        str(row.nominee.pk): Choice(
            nominee=str(row.nominee.pk),
            status=row.proposed,
            waiting=row.place,
            reason=row.nominee.decision_reason if row.nominee.status == row.proposed else "",
        )
        for row in rows
    }
    return _keep(round, rows, asked, by=by, at=at, is_proposal=True)


@transaction.atomic
def decide(*, round: Round, version: int, by: User, at: datetime) -> Round:
    """Decide, quietly: nobody but those who assess learns it.

    :raises WorkChanged: if somebody else has chosen since the page was opened.
    :raises WorkRefused: where somebody is not chosen for, more are selected than there are places, or a choice that
        differs from the ranking has no reason.
    :raises TransitionRefused: if the round is not to be decided now.
    """
    round = locked(round)
    DECIDE.check(round)
    refuse_stale(round, version)
    rows = rank(round)
    if sentences := missing(round, rows):
        raise WorkRefused(" ".join(sentences))
    round.decided_at = at
    round.version += 1
    DECIDE.apply(round)
    Nominee.objects.filter(pk__in=[row.nominee.pk for row in rows]).update(decided_at=at)
    DECIDE.record(round, by=by, at=at, data={"round": round.key})
    return round


@transaction.atomic
def take_back(*, round: Round, version: int, by: User, at: datetime) -> Round:
    """Open a decision again that is not announced. What was chosen stays as a beginning.

    :raises WorkChanged: if it was changed since the page was opened.
    :raises TransitionRefused: if nothing is decided, or it is announced.
    """
    round = locked(round)
    TAKE_BACK.check(round)
    refuse_stale(round, version)
    round.decided_at = None
    round.version += 1
    TAKE_BACK.apply(round)
    TAKE_BACK.record(round, by=by, at=at, data={"round": round.key})
    return round


@transaction.atomic
def announce(*, round: Round, text: str, version: int, by: User, at: datetime) -> Round:
    """Tell everybody at the same moment, make the offers, open the waiting list.

    Those selected get their offers in the order of the ranking. For whom places or money do not suffice any more goes
    to the head of the waiting list, with the reason.

    :raises WorkChanged: if it was changed since the page was opened.
    :raises sponsorship.domain.rates.RateMissing: where a rate is missing: nothing is announced then.
    :raises sponsorship.domain.costs.CostMissing: where no costs are assumed: nothing is announced then.
    :raises TransitionRefused: if nothing is decided.
    """
    round = locked(round)
    ANNOUNCE.check(round)
    refuse_stale(round, version)
    rows = rank(round)
    round.announced_at, round.announcement = at, said(text)
    round.version += 1
    ANNOUNCE.apply(round)
    made, short = 0, []
    for row in rows:
        if row.nominee.status != NomineeStatus.SELECTED:
            continue
        try:
            with transaction.atomic():
                offering.offer(row.nominee, by=by, at=at, mail=False)
            made += 1
        except (offering.NoPlace, funds.NotEnough) as refusal:
            waiting.note(round, waiting.why(refusal), at=at, nominee=row.nominee)
            short.append(row)
    _to_the_head(short, rows)
    asked = State.objects.filter(
        sponsorship_applications__round=round, sponsorship_applications__status=ApplicationStatus.ENDORSED
    )
    emails.owe_announcement(round, asked, at=at)
    ANNOUNCE.record(round, by=by, at=at, data={"round": round.key, "offers": made, "short": len(short)})
    return round


def missing(round: Round, rows: list[Ranked]) -> list[str]:
    """What keeps the round from being decided, in words."""
    told = []
    open_ = [row for row in rows if not row.is_chosen]
    if not rows:
        told.append(_("Nobody is nominated in this round."))
    if open_:
        told.append(
            ngettext(
                "For %(count)s person nothing is chosen yet.", "For %(count)s people nothing is chosen yet.", len(open_)
            )
            % {"count": len(open_)}
        )
    selected = sum(row.nominee.status == NomineeStatus.SELECTED for row in rows)
    if selected > round.places:
        told.append(
            _("%(selected)s people are selected for %(places)s places.")
            % {"selected": selected, "places": round.places}
        )
    unexplained = [row for row in departures(rows) if not row.nominee.decision_reason]
    if unexplained:
        names = listed(f"{row.place}. {row.nominee.state.name}" for row in unexplained[:10])
        told.append(_("These choices differ from the ranking and need a reason: %(names)s.") % {"names": names})
    return told


def _to_choose(round: Round, *, version: int, by: User) -> Round:
    round = locked(round)
    if round.status != RoundStatus.CLOSED:
        raise WorkRefused(_("People are chosen between the end of the call and the decision."))
    refuse_stale(round, version)
    if declared(round, by) is None:
        raise WorkRefused(_("Declare your conflicts first, or that you have none."))
    return round


def _keep(
    round: Round, rows: list[Ranked], asked: dict[str, Choice], *, by: User, at: datetime, is_proposal: bool = False
) -> int:
    conflict = set() if is_proposal else in_conflict(by, round)
    before = {row.place: _of(row.nominee) for row in rows}
    wanted: dict[int, int] = {}
    chosen = {row.place: NomineeStatus(row.nominee.status) for row in rows}
    for row in rows:
        choice = asked.get(str(row.nominee.pk))
        if choice is None:
            continue
        reason = said(choice.reason, longest=LONGEST_REASON)
        now = (str(choice.status), choice.waiting if choice.status == NomineeStatus.WAITING else None, reason)
        if row.nominee.state_id in conflict:
            if now != before[row.place] and (now[0], now[2]) != (before[row.place][0], before[row.place][2]):
                raise WorkRefused(
                    _("You are in conflict with %(state)s: another officer decides on its people.")
                    % {"state": row.nominee.state.name}
                )
            continue
        row.nominee.decision_reason = reason
        if choice.status in CHOICES:
            chosen[row.place] = choice.status
        if choice.status == NomineeStatus.WAITING and choice.waiting:
            wanted[row.place] = choice.waiting
    _number(rows, chosen, wanted)
    changed = [row for row in rows if (str(chosen[row.place]), *_of(row.nominee)[1:]) != before[row.place]]
    stand = Nominee.objects.select_for_update(of=("self",)).filter(pk__in=[row.nominee.pk for row in changed])
    fresh = {nominee.pk: nominee for nominee in stand.order_by("pk")}
    for row in changed:
        # Its version stays: on the pages of the State it would betray that something was chosen.
        nominee = fresh[row.nominee.pk]
        nominee.decision_reason, nominee.waiting_rank = row.nominee.decision_reason, row.nominee.waiting_rank
        if chosen[row.place] in CHOICES:
            CHOICES[chosen[row.place]].apply(nominee)
        else:
            nominee.save()
    if changed:
        round.version += 1
        round.save()
    register.append(
        action="sponsorship.round.propose" if is_proposal else "sponsorship.round.choose",
        by=by,
        at=at,
        obj=round,
        data={"round": round.key, "changed": len(changed)},
    )
    return len(changed)


def _of(nominee: Nominee) -> tuple[str, int | None, str]:
    return (str(nominee.status), nominee.waiting_rank, nominee.decision_reason)


def _number(rows: list[Ranked], chosen: dict[int, NomineeStatus], wanted: dict[int, int]) -> None:
    """Places on the waiting list: 1, 2, 3, as asked for. Of two at the same number, whoever is moved up stands before,
    whoever is moved down behind; else the better ranked stands first."""
    asked: list[tuple[int, int, int, Ranked]] = []
    for row in rows:
        stood = row.nominee.waiting_rank or len(rows) + 1
        number = wanted.get(row.place, stood)
        moved = (number > stood) - (number < stood)
        row.nominee.waiting_rank = None
        if chosen[row.place] == NomineeStatus.WAITING:
            asked.append((number, moved, row.place, row))
    for number, (_asked, _moved, _place, row) in enumerate(sorted(asked, key=lambda one: one[:3]), 1):
        row.nominee.waiting_rank = number


def _to_the_head(short: list[Ranked], rows: list[Ranked]) -> None:
    """Whoever could not be offered a place waits before those who waited already."""
    for number, row in enumerate([*short, *waiting_order(rows)] if short else (), 1):
        nominee = Nominee.objects.select_for_update().get(pk=row.nominee.pk)
        nominee.waiting_rank = number
        nominee.version += 1
        if nominee.status == NomineeStatus.SELECTED:
            CHOICES[NomineeStatus.WAITING].apply(nominee)
        else:
            nominee.save()
