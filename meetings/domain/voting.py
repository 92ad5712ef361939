"""Who may vote on a day, whether enough are there, and what a majority is: arithmetic, without a query.

A State votes from the day on which the Convention is in force for it (Article 17), until a withdrawal takes effect
(Article 20). Majorities are of the States Parties present and voting: those who abstain do not count (Articles 3(5),
4(7) and 13(4); the rules of procedure for all else).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core import writing
from ccm_portal.core.models import State
from meetings.enums import Ballot, Majority

PARTICIPATING, ALL = "participating", "all"


class MayNotVote(Exception):
    """A State for which the Convention is not in force. The message is fit to show the user."""


@dataclass(frozen=True)
class Standing:
    """Whether a State may vote on a day, and where it may not, why, in a sentence."""

    state: State
    may_vote: bool
    why: str


def standing(state: State, *, on: date) -> Standing:
    """What the Depositary's dates say of a State on a day."""
    if state.is_party_on(on):
        return Standing(state, True, "")
    return Standing(state, False, _why_not(state, on))


def _why_not(state: State, on: date) -> str:
    if state.withdrawn_effective and state.withdrawn_effective <= on:
        return _("%(state)s has withdrawn; the Convention ceased to be in force for it on %(date)s.") % {
            "state": state.name,
            "date": writing.date_text(state.withdrawn_effective),
        }
    if state.entry_into_force and state.deposited and state.deposited <= on:
        return _("%(state)s has deposited its instrument; the Convention enters into force for it on %(date)s.") % {
            "state": state.name,
            "date": writing.date_text(state.entry_into_force),
        }
    if state.signed and state.signed <= on:
        return _("%(state)s has signed the Convention and has not deposited an instrument.") % {"state": state.name}
    return _("%(state)s is not a party to the Convention.") % {"state": state.name}


def require_vote(state: State, *, on: date) -> None:
    """:raises MayNotVote: if the Convention is not in force for the State on that day."""
    found = standing(state, on=on)
    if not found.may_vote:
        raise MayNotVote(_("%(why)s It has no vote on %(date)s.") % {"why": found.why, "date": writing.date_text(on)})


def voters(states: Iterable[State], *, on: date) -> list[State]:
    """Those of the States that may vote on a day, in the order given."""
    return [state for state in states if state.is_party_on(on)]


# Quorum


@dataclass(frozen=True)
class QuorumRule:
    """More than a share of the States Parties that participate in the meeting, or of all of them."""

    share: Fraction
    of: str  # PARTICIPATING or ALL
    source: str
    is_confirmed: bool  # whether somebody compared it with the rules of procedure

    def needed(self, base: int) -> int:
        """How many make a quorum of ``base`` States Parties; nobody makes none."""
        return int(base * self.share) + 1 if base else 0


def quorum_rule() -> QuorumRule:
    """The rule as the office has set it."""
    return QuorumRule(
        share=Fraction(settings.QUORUM_SHARE),
        of=settings.QUORUM_OF,
        source=settings.QUORUM_SOURCE,
        is_confirmed=bool(settings.QUORUM_SOURCE),
    )


@dataclass(frozen=True)
class Quorum:
    """How many of how many are there, and how many must be."""

    base: int
    needed: int
    present: int

    @property
    def is_met(self) -> bool:
        return self.base > 0 and self.present >= self.needed

    @property
    def lacking(self) -> int:
        """How many more States Parties must come into the room."""
        return max(self.needed - self.present, 0)


def quorum(*, participating: Iterable[State], present: Iterable[State], all_parties: int, on: date) -> Quorum:
    """Whether enough States Parties are present on a day.

    :param participating: the States with a delegation at the meeting, of any kind.
    :param present: those of them in the room.
    :param all_parties: the number of States Parties on that day.
    """
    rule = quorum_rule()
    base = all_parties if rule.of == ALL else len(voters(participating, on=on))
    return Quorum(base=base, needed=rule.needed(base), present=len(voters(present, on=on)))


# Majorities


@dataclass(frozen=True)
class Tally:
    """Ballots, counted."""

    yes: int
    no: int
    abstaining: int = 0

    @property
    def voting(self) -> int:
        """Present and voting: without those who abstain."""
        return self.yes + self.no


def tally(ballots: Iterable[str]) -> Tally:
    """How many of each."""
    given = list(ballots)
    return Tally(given.count(Ballot.YES), given.count(Ballot.NO), given.count(Ballot.ABSTAIN))


_TWO_THIRDS = frozenset({Majority.TWO_THIRDS, Majority.AMENDMENT})
SOURCES: dict[str, str | Promise] = {
    Majority.SIMPLE: gettext_lazy("Rules of procedure, questions of procedure"),
    Majority.TWO_THIRDS: gettext_lazy("Rules of procedure, questions of substance"),
    Majority.EXTENSION: gettext_lazy("Articles 3(5) and 4(7) of the Convention"),
    Majority.AMENDMENT: gettext_lazy("Article 13(4) of the Convention"),
}


def needed(majority: str, voting: int) -> int:
    """How many votes in favour carry a proposal, of so many present and voting: more than half, or at least two
    thirds."""
    if majority in _TWO_THIRDS:
        return -(-voting * 2 // 3)
    return voting // 2 + 1


def is_carried(majority: str, votes: Tally) -> bool:
    """Whether the proposal is adopted. Where nobody votes for or against, nothing is."""
    return votes.voting > 0 and votes.yes >= needed(majority, votes.voting)
