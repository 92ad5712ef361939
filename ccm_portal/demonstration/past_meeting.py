"""One full Meeting of States Parties that is over: the 13MSP.

Its days and its place are what happened (``load_meeting_history``). Its agenda, papers, delegations, statements and
decisions in the demonstration are invented, as the page of the meeting says, every paper's title and every statement
begins. A meeting to come could not hold 150 statements, and a made-up meeting of States Parties would stand in the
row of presidencies; so the last real one is filled.
"""

from datetime import date, datetime, timedelta

from ccm_portal.core.domain import clocks
from ccm_portal.core.enums import Clock
from ccm_portal.core.models import Document, State, StateClock, User
from ccm_portal.demonstration.meeting_papers import Shelf, told
from ccm_portal.demonstration.scenes import Cast, codes, noon, seen
from ccm_portal.demonstration.spoken import load_spoken
from committees.models import Body
from meetings.domain import agenda_publishing, convening, decisions, delegations, follow_ups, outline_starts, sittings
from meetings.domain.convening import Facts
from meetings.domain.decision_effects import basis_of
from meetings.enums import DecisionKind, DecisionOutcome, DelegationKind, DelegationStatus
from meetings.models import Decision, Delegation, Meeting

KEY = "13msp"
ABOUT = (
    "Demonstration: the agenda, papers, delegations, statements and decisions shown here are invented. Only the days"
    " and the place are those of the meeting that was held."
)
ABSENT = 12  # States Parties that do not come
SIZES = (2, 3, 1, 4, 2, 5, 3)


def load_past_meeting(cast: Cast, *, at: datetime) -> bool:
    """Fill the 13MSP.

    :returns: whether anything was done; not where it has an agenda, or lies ahead of the demonstration's present.
    """
    meeting = Meeting.objects.get(key=KEY)
    if meeting.revisions.exists() or meeting.ends >= at.date():
        return False
    _agenda(meeting, cast, at=at)
    meeting.refresh_from_db()
    shelf = Shelf(meeting, cast, latest=at)
    documents = shelf.bring(told()["past"], starting=noon(date(2025, 7, 1), latest=at))
    by_tail = {one.symbol.removeprefix(f"{meeting.symbol_stem}/"): one for one in documents}
    for tail in told()["revised"]:
        shelf.revise(by_tail[tail], at=noon(date(2025, 9, 12), latest=at))
    _delegations(meeting, cast, at=noon(date(2025, 8, 25), latest=at))
    load_spoken(meeting, cast)
    _decisions(meeting, cast, at=noon(date(2025, 9, 19), latest=at), report=by_tail["29"])
    return True


def _agenda(meeting: Meeting, cast: Cast, *, at: datetime) -> None:
    by, when = cast.office, noon(date(2025, 6, 2), latest=at)
    facts = Facts(
        kind=meeting.kind,
        ordinal=meeting.ordinal,
        is_formal=True,
        languages=meeting.languages,
        time_zone=meeting.time_zone,
        about=ABOUT,
        symbol_stem=meeting.symbol_stem,
    )
    meeting = convening.edit(meeting=meeting, version=meeting.version, facts=facts, by=by, at=when)
    sittings.usual_days(part=meeting.parts.get(), version=meeting.version, by=by, at=when)
    agenda = outline_starts.from_template(seen(meeting, by=by, at=when), key="msp")
    agenda_publishing.publish(
        meeting=meeting,
        version=agenda.version,
        note="Demonstration: the agenda of the meeting.",
        by=by,
        at=when,
    )


def _delegations(meeting: Meeting, cast: Cast, *, at: datetime) -> None:
    """Those that came, by their size alone: names are deleted some months after a meeting, here as everywhere."""
    by = cast.office
    delegations.expect_all(meeting=meeting, by=by, at=at)
    for key in ("un", "unoda", "undp", "unicef", "unmas", "icrc", "ifrc", "gichd", "cmc"):
        delegations.open_for_observer(meeting=meeting, organisation=cast.organisations[key], by=by, at=at)
    for iso3 in ("AGO", "COD", "HTI", "KEN", "TZA"):
        delegations.open_for_state(meeting=meeting, state=cast.states[iso3], by=by, at=at)
    rows = list(Delegation.objects.filter(meeting=meeting).order_by("pk"))
    parties = [row for row in rows if row.kind == DelegationKind.STATE_PARTY]
    stay = {row.pk for row in parties[5 :: len(parties) // ABSENT]}
    # In bulk: a note verbale each, by the operation, would take as long as all else together.
    for place, row in enumerate(rows):
        row.changed_at, row.version = at, row.version + 1
        if row.pk in stay:
            row.status = DelegationStatus.WITHDRAWN
            continue
        row.status, row.size = DelegationStatus.NOTIFIED, SIZES[place % len(SIZES)]
        row.note_reference, row.note_date = f"Demonstration {place + 1}/2025", at.date()
    Delegation.objects.bulk_update(
        rows, ["status", "size", "note_reference", "note_date", "changed_at", "version"], batch_size=200
    )


def _decisions(meeting: Meeting, cast: Cast, *, at: datetime, report: Document) -> None:
    on = codes(meeting)
    host: State = cast.states["LAO"]
    requests, places = (
        on["Requests under Articles 3 and 4"],
        on["Next presidencies; dates, venue and estimated costs of the next meetings"],
    )
    said = [
        decisions.Words(
            kind=DecisionKind.PROCEDURE,
            title="Demonstration: agenda and programme of work",
            text="The meeting adopted its agenda and the annotated programme of work.",
            code=on["Adoption of the agenda and of the annotated programme of work"],
        ),
        decisions.Words(
            kind=DecisionKind.OFFICERS,
            title="Demonstration: Vice-Presidents of the meeting",
            text="The meeting elected its Vice-Presidents by acclamation.",
            code=on["Election of the Vice-Presidents"],
        ),
        *(
            decisions.Words(
                kind=DecisionKind.EXTENSION,
                title=f"Demonstration: request by {cast.states[iso3].name}",
                text="The meeting granted the request and thanked the State for its work plan.",
                code=requests,
                about_state=cast.states[iso3],
                granted_until=until,
                conditions="The State reports each year on what was surveyed and cleared.",
            )
            for iso3, until in (("CHL", date(2028, 6, 1)), ("MRT", date(2028, 8, 1)), ("SOM", date(2030, 10, 1)))
        ),
        decisions.Words(
            kind=DecisionKind.BUDGET,
            title="Demonstration: budget of implementation support",
            text="The meeting approved the work plan and the budget of implementation support for the next year.",
            code=on["Implementation support: report, work plan and budget"],
        ),
        decisions.Words(
            kind=DecisionKind.VENUE,
            title="Demonstration: the next formal meeting is held in Vientiane",
            text="The meeting welcomed the offer of the Lao People's Democratic Republic to host the Third Review"
            " Conference in Vientiane.",
            code=places,
            about_city="Vientiane",
            about_host=host,
        ),
        decisions.Words(
            kind=DecisionKind.REPORT,
            title="Demonstration: final report",
            text="The meeting adopted its final report.",
            code=on["Consideration and adoption of the final report"],
            document=report,
        ),
    ]
    taken = [_record(meeting, words, cast, on=at.date(), at=at) for words in said]
    owner: Body = cast.bodies["clearance"]
    follow_ups.add(
        decision=taken[2], what="Demonstration: send the updated work plan", state=cast.states["CHL"],
        due=at.date() + timedelta(days=240), by=cast.office, at=at,
    )  # fmt: skip
    follow_ups.add(
        decision=taken[3], what="Demonstration: speak with the State about its yearly targets", body=owner,
        due=at.date() + timedelta(days=600), by=cast.office, at=at,
    )  # fmt: skip


def _record(meeting: Meeting, words: decisions.Words, cast: Cast, *, on: date, at: datetime) -> Decision:
    drafted = decisions.draft(meeting=meeting, words=words, by=cast.office, at=at)
    outcome = DecisionOutcome.ADOPTED
    if words.kind == DecisionKind.EXTENSION and words.about_state and words.about_state.iso3 == "SOM":
        outcome = DecisionOutcome.AMENDED
    decision = decisions.record(
        decision=drafted,
        version=drafted.version,
        outcome=outcome,
        decided_on=on,
        text=f"{words.text} It asked for a report at mid-term." if outcome == DecisionOutcome.AMENDED else "",
        by=cast.office,
        at=at,
    )
    if decision.kind == DecisionKind.EXTENSION:
        _mark(decision, by=cast.office, at=at)
    return decision


def _mark(decision: Decision, *, by: User, at: datetime) -> None:
    """The deadline that it moved says on every page that the decision is invented."""
    moved = StateClock.objects.filter(state=decision.about_state_id, granted_until=decision.granted_until, key="")
    for clock in moved.filter(clock=Clock.ART4, granted_basis=basis_of(decision)):
        basis = f"{clock.granted_basis}, invented for demonstration"
        clocks.grant(clock=clock, until=clock.current, basis=basis, by=by, at=at)
