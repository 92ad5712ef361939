"""Decisions as they are read: the register, one meeting's, one with all that belongs to it."""

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from ccm_portal.core import sheets, writing
from ccm_portal.core.enums import DocumentStatus
from ccm_portal.core.models import State
from committees import office_names
from meetings.domain import agenda_reading, ballots, reading, voting, words
from meetings.domain.decision_texts import earlier_texts
from meetings.enums import Ballot, DecisionKind, DecisionOutcome
from meetings.models import Decision, DecisionFollowUp, DecisionVote, Meeting
from meetings.rules import public_meetings
from meetings.rules_decisions import public_decisions

BADGES = {
    DecisionOutcome.ADOPTED: "done",
    DecisionOutcome.AMENDED: "done",
    DecisionOutcome.NOT_ADOPTED: "refused",
    DecisionOutcome.DEFERRED: "waiting",
}
ROLL = (Ballot.YES, Ballot.NO, Ballot.ABSTAIN)


def badge(outcome: str) -> str:
    """The status of the badge of an outcome."""
    return BADGES.get(DecisionOutcome(outcome), "waiting") if outcome else "in-progress"


def of_meeting(meeting: Meeting) -> list[Decision]:
    """What a meeting has decided, in its own numbering."""
    return list(public_decisions().filter(meeting=meeting).order_by("number"))


def whole(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """With everything that the page of one shows."""
    votes = DecisionVote.objects.select_related("state", "cast_by")
    follow_ups = DecisionFollowUp.objects.select_related("state", "body").order_by("due", "pk")
    return decisions.prefetch_related(
        Prefetch("votes", votes), Prefetch("follow_ups", follow_ups), "elections__nomination__body",
        "elections__nomination__state", "settles__body", "settles__state",
    )  # fmt: skip


def told(decision: Decision) -> dict[str, Any]:
    """What a page says beside the row: item, paper, vote, dates, earlier texts."""
    paper = decision.document
    tally = ballots.recorded(decision)
    return {
        "item": agenda_reading.public_item(decision.meeting, decision.code) if decision.code else None,
        "paper": paper if paper and paper.status == DocumentStatus.PUBLISHED else None,
        "tally": tally,
        "vote_words": vote_words(decision, tally) if tally else "",
        "quorum_then": quorum_words(room) if tally and (room := ballots.quorum_at_vote(decision)) else "",
        "roll": roll(decision),
        "dates": dates_words(decision),
        "earlier": earlier_texts(decision),
        "badge": badge(decision.outcome),
    }


def vote_words(decision: Decision, tally: voting.Tally) -> str:
    """The result in one sentence, with what was needed."""
    return _("%(yes)s in favour, %(no)s against, %(abstaining)s abstaining; %(needed)s of %(voting)s were needed.") % {
        "yes": tally.yes,
        "no": tally.no,
        "abstaining": tally.abstaining,
        "needed": voting.needed(decision.majority, tally.voting),
        "voting": tally.voting,
    }


def meeting_it_leaves(decision: Decision) -> Meeting | None:
    """A meeting that a decision on a venue names in its title without being linked to it, and that stands in the
    portal at another place or on other days."""
    if decision.kind != DecisionKind.VENUE or decision.about_meeting_id:
        return None
    title = decision.title.casefold()
    for one in reading.listed(public_meetings().exclude(pk=decision.meeting_id).order_by("-starts")):
        names = {one.short_name.casefold(), one.name.casefold()}
        with translation.override("en"):
            names |= {one.short_name.casefold(), one.name.casefold()}
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title) for name in names):
            return None if _stands_as_decided(one, decision) else one
    return None


def _stands_as_decided(meeting: Meeting, decision: Decision) -> bool:
    cities = [part.city.casefold() for part in meeting.parts.all() if part.city]
    said = decision.about_city.casefold()
    in_place = said in cities if said else any(city in decision.title.casefold() for city in cities)
    days = decision.about_starts, decision.about_ends
    return in_place and days in ((None, None), (meeting.starts, meeting.ends))


def result_words(decision: Decision, tally: voting.Tally) -> str:
    """What the vote comes to if it is closed now, for whoever confirms it."""
    return writing.labelled(str(ballots.outcome_of(decision, tally).label), vote_words(decision, tally))


def quorum_words(quorum: voting.Quorum) -> str:
    """How many of how many are noted as present: the one sentence, wherever a quorum is told."""
    if voting.quorum_rule().of == voting.ALL:
        said = _("States Parties noted as present: %(present)s. States Parties in all: %(base)s. Quorum: %(needed)s.")
    else:
        said = _(
            "States Parties noted as present: %(present)s. Taking part with the right to vote: %(base)s."
            " Quorum: %(needed)s."
        )
    return said % vars(quorum)


def quorum_rule_words(rule: voting.QuorumRule) -> str:
    """The rule, as the office has set it."""
    share = _("half") if rule.share == Fraction(1, 2) else rule.share
    if rule.of == voting.ALL:
        return _("A quorum is more than %(share)s of all States Parties.") % {"share": share}
    return _("A quorum is more than %(share)s of the States Parties that participate in the meeting.") % {
        "share": share
    }


def roll(decision: Decision) -> list[tuple[str, list[State]]]:
    """Who voted how, each list by name."""
    by_ballot: dict[str, list[State]] = {ballot: [] for ballot in ROLL}
    for vote in decision.votes.all():
        by_ballot[vote.ballot].append(vote.state)
    return [
        (str(ballot.label), sorted(by_ballot[ballot], key=lambda state: state.name))
        for ballot in ROLL
        if by_ballot[ballot]
    ]


def dates_words(decision: Decision) -> str:
    """ "4–7 September 2028, Vientiane": what a decision on dates and venue says; empty where it says nothing."""
    parts = [decision.about_city]
    if decision.about_starts and decision.about_ends:
        parts.insert(0, words.span_text(decision.about_starts, decision.about_ends))
    return writing.listed(part for part in parts if part)


def owner_of(follow_up: DecisionFollowUp) -> str:
    """Whose it is, in words."""
    office = office_names.in_words(follow_up.owner_name)
    names = (follow_up.state and follow_up.state.name, follow_up.body and follow_up.body.name, office)
    return writing.listed(name for name in names if name)


COLUMNS = (
    "meeting", "number", "decided_on", "kind", "outcome", "method", "yes", "no", "abstaining", "title", "text",
    "conditions", "reservations", "state", "granted_until", "about_meeting", "about_starts", "about_ends",
    "about_city", "address",
)  # fmt: skip


def csv(decisions: Iterable[Decision], *, site: str) -> str:
    """The register for programs, one decision a row; kinds, outcomes and States by their codes."""
    rows: list[list[object]] = []
    for one in decisions:
        address = f"{site}/meetings/{one.meeting.key}/decisions/{one.number}/"
        by_name = {
            "meeting": one.meeting.key,
            "state": one.about_state.iso3 if one.about_state else "",
            "about_meeting": one.about_meeting.key if one.about_meeting else "",
            "address": address,
        }
        rows.append([by_name[name] if name in by_name else getattr(one, name) for name in COLUMNS])
    return sheets.csv_text([COLUMNS, *rows])
