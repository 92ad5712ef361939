"""Bodies at work, for the demonstration: who leads, what is planned, who was spoken with, what is overdue.

Every term, nomination and entry is invented and says so in its basis, its note or its first word.
"""

from datetime import date, datetime, timedelta

from ccm_portal.demonstration.scenes import Cast, before
from committees import workflow_workspace as workflow
from committees.coming import coming_meetings
from committees.domain import (
    contacts,
    follow_ups,
    joining,
    nominations,
    persons,
    places,
    plans,
    preparation,
    problems,
    terms,
)
from committees.domain.contacts import NextStep, Told
from committees.domain.joining import Learnt
from committees.domain.nominations import Case
from committees.domain.owners import Owner
from committees.enums import ContactChannel, ContactKind, ContactLevel, JoiningStep, PlaceInWorkspace
from committees.models import Body, FollowUp, Nomination, Term

BASIS = "Demonstration: this term is invented"
# body -> (State, years since it began, years until it ends): pairs whose terms end in different years.
LEADERS = {
    "universalisation": (("PHL", 1, 1), ("ZMB", 0, 2)),
    "stockpiles": (("BGR", 1, 1), ("DEU", 0, 2)),
    "clearance": (("NOR", 1, 1), ("LAO", 0, 2)),
    "victim-assistance": (("CHL", 1, 1), ("AUT", 0, 2)),
}
BEGINS = (9, 20)  # month and day on which a term begins
CONTACT_NAMES = ("Adviser for the Convention", "Counsellor, permanent mission")


def load_bodies_at_work(cast: Cast, *, at: datetime) -> bool:
    """Fill the committees and the coordination body.

    :returns: whether anything was done.
    """
    if Term.objects.filter(basis=BASIS).exists():
        return False
    then = before(at, days=50)
    held = _terms(cast, at=then)
    observer = cast.people["observer"]
    for key in ("coordination", "clearance"):
        places.name_person(
            body=cast.bodies[key], email=observer.email, place=PlaceInWorkspace.PARTNER, acts_for="CMC",
            by=cast.office, at=then,
        )  # fmt: skip
    _plan(cast, held["NOR"], at=at)
    _clearance(cast, at=at)
    _coordination(cast, at=at)
    _nominations(cast, at=at)
    _joining(cast, at=at)
    return True


def _autumn(on: date) -> date:
    """The last day on which terms began."""
    begins = date(on.year, *BEGINS)
    return begins if begins <= on else begins.replace(year=on.year - 1)


def _terms(cast: Cast, *, at: datetime) -> dict[str, Term]:
    """State -> its term. Norway's person is the account of the demonstration; the others are contacts without one."""
    now = _autumn(at.date())
    held = {}
    for key, pair in LEADERS.items():
        for iso3, since, left in pair:
            state = cast.states[iso3]
            term = terms.give_term(
                body=cast.bodies[key],
                state=state,
                starts=now.replace(year=now.year - since),
                ends=now.replace(year=now.year + left),
                basis=BASIS,
                by=cast.office,
                at=at,
            )
            held[iso3] = term
            name, email = f"{CONTACT_NAMES[since]}, {state.name}", ""
            if iso3 == "NOR":
                name, email = cast.people["leader"].name, cast.people["leader"].email
            persons.name_person(
                term=term, name=name, email=email, function="Demonstration", starts=at.date(), by=cast.office, at=at
            )
    return held


def _plan(cast: Cast, term: Term, *, at: datetime) -> None:
    by, then, on = cast.people["leader"], before(at, days=45), at.date()
    plan = plans.begin_plan(
        body=cast.bodies["clearance"],
        title="Demonstration: work plan of the committee on clearance",
        text="What the committee wants to reach until the next Meeting of States Parties.",
        starts=on - timedelta(days=60),
        ends=on + timedelta(days=300),
        by=by,
        at=then,
    )
    steps = [
        ("Speak with every State whose deadline is less than two years away", "18, 19", -10),
        ("Collect what prevents survey, State by State", "20", 40),
        ("Propose a thematic discussion for the intersessional meeting", "21", 90),
        ("Report to the Meeting of States Parties", "", 270),
    ]
    made = [
        plans.add_milestone(
            plan=plan, text=text, actions=actions, term=term, due=on + timedelta(days=days), by=by, at=then
        )
        for text, actions, days in steps
    ]
    plan.refresh_from_db()
    plans.move_plan(plan=plan, transition=workflow.PUBLISH_PLAN, version=plan.version, by=by, at=before(at, days=44))
    plans.finish_milestone(
        milestone=made[0], done_on=on - timedelta(days=12), outcome="Demonstration: six conversations were held.",
        version=made[0].version, by=by, at=before(at, days=11),
    )  # fmt: skip


def _clearance(cast: Cast, *, at: datetime) -> None:
    body, leader, observer = cast.bodies["clearance"], cast.people["leader"], cast.people["observer"]
    on = at.date()
    spoken = contacts.note_contact(
        body=body,
        told=Told(
            kind=ContactKind.BILATERAL,
            channel=ContactChannel.CALL,
            level=ContactLevel.WORKING,
            held_on=on - timedelta(days=30),
            states=(cast.states["TCD"],),
            about="Demonstration: the survey that was planned for the dry season",
            text="Teams are ready; what is missing is transport. They would welcome a letter to partners.",
        ),
        next_step=NextStep(
            what="Demonstration: send the list of partners that fund transport",
            owner=Owner(account=leader),
            due=on - timedelta(days=8),
        ),
        by=leader,
        at=before(at, days=29),
    )
    contacts.note_contact(
        body=body,
        told=Told(
            kind=ContactKind.MULTILATERAL,
            channel=ContactChannel.MARGINS,
            level=ContactLevel.AMBASSADOR,
            held_on=on - timedelta(days=16),
            states=(cast.states["LBN"], cast.states["MRT"], cast.states["CHL"]),
            organisations=(cast.organisations["gichd"],),
            about="Demonstration: how progress is counted",
        ),
        next_step=NextStep(
            what="Demonstration: circulate one page of definitions",
            owner=Owner(account=observer),
            due=on + timedelta(days=12),
        ),
        by=leader,
        at=before(at, days=15),
    )
    contacts.note_contact(
        body=body,
        told=Told(
            kind=ContactKind.BILATERAL,
            channel=ContactChannel.MEETING,
            level=ContactLevel.WORKING,
            held_on=on - timedelta(days=5),
            states=(cast.states["LAO"],),
            about="Demonstration: who presides over the clearance item",
        ),
        next_step=NextStep(
            what="Demonstration: propose a person to the President",
            owner=Owner(account=leader),
            due=on + timedelta(days=3),
        ),
        by=leader,
        at=before(at, days=5),
    )
    problems.raise_problem(
        body=body,
        title="Demonstration: survey stops where transport is missing",
        text="Three States told us the same: teams are trained and cannot reach the areas in the dry season.",
        ways_forward="Vehicles shared between operators; a thematic discussion at the intersessional meeting.",
        contact=spoken,
        by=leader,
        at=before(at, days=14),
    )


def _coordination(cast: Cast, *, at: datetime) -> None:
    """What leaders owe for the intersessional meeting, and who does what until then."""
    body, president, then = cast.bodies["coordination"], cast.people["president"], before(at, days=28)
    ahead = {meeting.key: meeting for meeting in coming_meetings(on=then.date())}
    key = "intersessional-2027"
    if key in ahead:
        preparation.add_standard_set(body=body, meeting=ahead[key], by=cast.office, at=then)
        owed = FollowUp.objects.filter(body=body, meeting_key=key, prepares=True, term__state__iso3="NOR")
        first = owed.order_by("due", "pk").first()
        if first:
            follow_ups.finish(
                follow_up=first, outcome="Demonstration: handed in.", version=first.version, by=president,
                at=before(at, days=4),
            )  # fmt: skip
    for what, owner, days in (
        ("Demonstration: circulate the draft programme of the intersessional meeting", cast.office, 20),
        ("Demonstration: write to signatories in the name of the President", president, -4),
        ("Demonstration: tell the coordination body which regional meetings are planned", cast.people["observer"], 9),
    ):
        follow_ups.note_follow_up(
            body=body, what=what, owner=Owner(account=owner), due=at.date() + timedelta(days=days), by=president,
            at=before(at, days=12),
        )  # fmt: skip


def _nominations(cast: Cast, *, at: datetime) -> None:
    """For the seats that become free next: one State with support, one without."""
    case = Case(
        experience="Demonstration: ten years of clearance on its own territory, and two terms as a coordinator.",
        capacity="Demonstration: a diplomat in Geneva and an adviser in the capital give a day a week each.",
        record="Demonstration: reports on time each year, and speaks for the norm in its region.",
    )
    made: list[Nomination] = []
    for key, iso3 in (("clearance", "LBN"), ("victim-assistance", "MEX")):
        body: Body = cast.bodies[key]
        starts, ends = nominations.proposed_period(body, on=at.date())
        made.append(
            nominations.nominate(
                body=body,
                state=cast.states[iso3],
                starts=starts,
                ends=ends,
                case=case,
                by=cast.office,
                at=before(at, days=10),
            )  # fmt: skip
        )
    nominations.endorse(nomination=made[0], party=cast.states["NOR"], by=cast.people["leader"], at=before(at, days=6))


def _joining(cast: Cast, *, at: datetime) -> None:
    """What is known of some who are on their way. The positions are invented: a source that can be read is none."""
    body, on = cast.bodies["universalisation"], at.date()
    president = cast.people["president"]
    for iso3, step, days, next_what in (
        ("KEN", JoiningStep.CONSULTED, 35, "Demonstration: ask after the draft for cabinet"),
        ("JAM", JoiningStep.PARLIAMENT, 21, "Demonstration: offer a briefing for members of parliament"),
        ("DJI", JoiningStep.CONSIDERED, 60, ""),
        ("HTI", JoiningStep.UNKNOWN, 90, ""),
    ):
        state = cast.states[iso3]
        if state.is_party_on(on):
            continue
        owner = Owner(name="Whoever leads the committee")
        step_next = NextStep(what=next_what, owner=owner, due=on + timedelta(days=18)) if next_what else None
        joining.note_entry(
            body=body,
            state=state,
            learnt=Learnt(
                on=on - timedelta(days=days),
                step=step,
                position="Demonstration: interest in principle, no date yet.",
                obstacles="Demonstration: other laws come first.",
                source="Demonstration",
                is_public=iso3 == "KEN",
            ),
            contact=None,
            next_step=step_next,
            by=president,
            at=before(at, days=3),
        )
