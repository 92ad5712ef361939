"""Decisions for tests: valid and boring; the test says what is special."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from ccm_portal.core.enums import Role
from ccm_portal.core.models import User
from meetings.domain import ballots, decisions, silence
from meetings.domain.presence import days_of
from meetings.domain.voting import tally
from meetings.enums import DecisionKind, DecisionOutcome, Majority
from meetings.models import Decision, Meeting, MeetingPresence
from tests import factories
from tests.meetings.factories import delegation, meeting

AT = datetime(2026, 11, 2, 10, tzinfo=UTC)
VOTED_AT = datetime(2027, 9, 14, 10, tzinfo=UTC)  # a day of the 14MSP
A_WEEK = timedelta(days=7)


def words(**fields: Any) -> decisions.Words:
    """Guidance, in a sentence."""
    given = {"kind": DecisionKind.GUIDANCE, "title": "Guidance on reports", "text": "The meeting decides to be brief."}
    return decisions.Words(**(given | fields))


def drafted(of: Meeting | None = None, *, by: User | None = None, at: datetime = AT, **fields: Any) -> Decision:
    """A draft of the 14MSP."""
    by = by or factories.person(Role.ISO_STAFF, "iso")
    of = of or Meeting.objects.filter(key="14msp").first() or meeting()
    return decisions.draft(meeting=of, words=words(**fields), by=by, at=at)


def taken(of: Meeting | None = None, *, by: User | None = None, at: datetime = AT, **fields: Any) -> Decision:
    """Adopted by general agreement, on the day it is recorded where the meeting sits then, else on its first."""
    by = by or factories.person(Role.ISO_STAFF, "iso")
    outcome = fields.pop("outcome", DecisionOutcome.ADOPTED)
    draft = drafted(of, by=by, at=at, **fields)
    if at.date() not in days_of(draft.meeting):
        at = datetime.combine(draft.meeting.starts, at.timetz())
    on: date = at.date()
    return decisions.record(decision=draft, version=draft.version, outcome=outcome, decided_on=on, by=by, at=at)


def with_quorum(of: Meeting, *, at: datetime = VOTED_AT) -> None:
    """Every State that takes part is noted as present on the day; Zambia at least."""
    if not of.delegations.filter(state__iso3="ZMB").exists():
        delegation(of, "ZMB")
    for one in of.delegations.filter(state__isnull=False):
        MeetingPresence.objects.get_or_create(meeting=of, delegation=one, day=at.date())


def called(draft: Decision, *, by: User, majority: str = Majority.TWO_THIRDS, at: datetime = VOTED_AT) -> Decision:
    """A vote that is open on a day of the meeting, with a quorum."""
    with_quorum(draft.meeting, at=at)
    return ballots.open_vote(decision=draft, version=draft.version, majority=majority, by=by, at=at)


def closed(decision: Decision, *, by: User, at: datetime = VOTED_AT) -> Decision:
    """The vote closed with the result as it stands, confirmed."""
    result = ballots.result_code(tally(decision.votes.values_list("ballot", flat=True)))
    return ballots.close_vote(decision=decision, version=decision.version, confirmed=result, by=by, at=at)


def put_to_silence(draft: Decision, *, by: User, at: datetime = AT, until: datetime | None = None) -> Decision:
    """Opened for a week; an objection leaves it not adopted."""
    return silence.open_silence(
        decision=draft,
        version=draft.version,
        closes_at=until or at + A_WEEK,
        on_objection=DecisionOutcome.NOT_ADOPTED,
        by=by,
        at=at,
    )
