"""What States, officers and assessors do in every round of the demonstration."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from ccm_portal.core.models import State, User
from ccm_portal.demonstration.scenes import Cast
from committees.enums import Gender
from meetings.models import Meeting
from sponsorship.domain import applications, conflicts, costs, decisions, nominees, offers, round_people, rounds, scores
from sponsorship.domain.applications import Details
from sponsorship.domain.costs import Figures
from sponsorship.domain.nominees import About
from sponsorship.domain.rounds import Plan
from sponsorship.models import Application, Nominee, Offer, Policy, Round

MARK = "Demonstration: invented."
PURPOSE = (
    f"{MARK} We want to tell of our work under Article 4 and to speak with those who may assist it. What the journey"
    " costs is more than the ministry can pay this year."
)
ASSESSOR = "collaborator"  # from outside, named to a round
# From where, with what: ticket, hotel a night.
ORIGINS = {"african": (1150, 165), "asia-pacific": (1480, 165), "latin-american-caribbean": (1390, 165)}
FUNCTIONS = ("Director, mine action centre", "Counsellor, department of international law")
GENDERS = (Gender.WOMAN, Gender.MAN)
WEIGHED = (8, 6, 9, 7, 5, 8, 4, 7)


@dataclass(frozen=True)
class Days:
    """The days of a round."""

    planned: datetime
    opened: datetime
    closes: datetime


@dataclass
class Office:
    """The sponsorship officer at work, with everybody of the demonstration at hand."""

    cast: Cast
    officer: User = field(init=False)
    second: User = field(init=False)

    def __post_init__(self) -> None:
        self.officer, self.second = self.cast.people["sponsorship"], self.cast.people["sponsorship.second"]

    def has_people(self, state: State) -> bool:
        """Whether somebody of its delegation has an account here."""
        return f"head.{state.iso3.lower()}" in self.cast.people or f"approver.{state.iso3.lower()}" in self.cast.people

    def opens(self, meeting: Meeting, policy: Policy, days: Days, *, places: int, reply_days: int) -> Round:
        """A round with its assumed costs and an assessor from outside, its call open."""
        plan = Plan(
            meeting=meeting,
            policy=policy,
            places=places,
            opens_on=days.opened.date(),
            closes_at=days.closes,
            call=f"{MARK} Nominate up to three people, in your order, with a note verbale.",
            reply_days=reply_days,
            visa_days=60,
        )
        by, at = self.officer, days.planned
        made = rounds.plan(key=meeting.key, plan=plan, by=by, at=at)
        regions = {
            state.region_group.key: state.region_group for state in self.cast.states.values() if state.region_group
        }
        for key in (None, *ORIGINS):
            ticket, night = ORIGINS[key] if key else (690, 165)
            costs.assume(
                round=made,
                region_group=regions[key] if key else None,
                figures=Figures(
                    ticket=Decimal(ticket), nights=5, night_rate=Decimal(night), days=5, daily_rate=Decimal(75),
                    terminal=Decimal(120),
                ),
                source="Invented for demonstration",
                version=0,
                by=by,
                at=at,
            )  # fmt: skip
        made.refresh_from_db()
        made = rounds.open_call(round=made, version=made.version, by=by, at=days.opened)
        round_people.name(
            round=made, email=self.cast.people[ASSESSOR].email, acts_for="Outside the office", by=by, at=days.opened
        )
        return made

    def begins(self, round: Round, iso3: str, *, people: int, writer: User, at: datetime) -> Application:
        """A draft with its people."""
        state = self.cast.states[iso3]
        application = applications.begin(round=round, state=state, by=writer, at=at)
        told = Details(note_reference=f"Demonstration {iso3}/{at.year}", note_date=at.date(), purpose=PURPOSE)
        application = applications.write(
            application=application, details=told, version=application.version, by=writer, at=at
        )
        for number in range(people):
            gender = GENDERS[(number + _number(state)) % 2]
            about = About(
                title="Ms" if gender == Gender.WOMAN else "Mr",
                name=f"Delegate {number + 1}, {state.name_en} (demonstration)",
                email=f"delegate{number + 1}.{iso3.lower()}@example.org",
                gender=gender,
                function=f"{FUNCTIONS[number % 2]} (demonstration)",
                expertise="Survey and clearance; reporting under Article 7.",
                languages=("en", "fr") if (_number(state) + number) % 3 else ("en",),
            )
            nominees.add(application=application, about=about, by=writer, at=at)
        return application

    def applies(self, round: Round, iso3: str, *, people: int = 1, at: datetime) -> Application:
        """By the delegation where it has a head here, by a paper where not."""
        head = self.cast.people.get(f"head.{iso3.lower()}")
        writer = self.cast.people.get(f"drafter.{iso3.lower()}", head) or self.officer if head else self.officer
        application = self.begins(round, iso3, people=people, writer=writer, at=at)
        seen, sent = applications.digest(application), at + timedelta(days=2)
        if head:
            return applications.endorse(application=application, seen=seen, by=head, at=sent)
        return applications.enter(application=application, received_on=sent.date(), seen=seen, by=self.officer, at=sent)

    def weighs(self, round: Round, *, at: datetime, by: Sequence[User]) -> None:
        """Everybody declares that they have no conflict, then scores everybody."""
        for number, user in enumerate(by):
            conflicts.declare(round=round, states=[], reason="", version=0, by=user, at=at)
            for nominee in scores.to_weigh(round, user):
                points = WEIGHED[(_number(nominee.state) * 3 + number) % len(WEIGHED)]
                scores.give(
                    nominee=nominee, points=points, reason=f"{MARK} Experience, and what the State asks for.",
                    version=0, by=user, at=at,
                )  # fmt: skip

    def decides(self, round: Round, *, at: datetime) -> Round:
        """By the ranking alone; told to all an hour later."""
        round.refresh_from_db()
        decisions.propose(round=round, version=round.version, by=self.officer, at=at)
        round.refresh_from_db()
        round = decisions.decide(round=round, version=round.version, by=self.officer, at=at)
        text = f"{MARK} Thank you for your nominations. Everybody who was nominated finds here where they stand."
        return decisions.announce(
            round=round, text=text, version=round.version, by=self.officer, at=at + timedelta(hours=1)
        )

    def replies(self, offer: Offer, *, accepts: bool, at: datetime) -> Offer:
        """By the delegation where it has people here, by the officer for it where not."""
        iso3 = offer.state.iso3.lower()
        own = self.cast.people.get(f"approver.{iso3}") or self.cast.people.get(f"head.{iso3}")
        answer = offers.accept if accepts else offers.decline
        if own:
            note = "" if accepts else f"{MARK} Cannot leave the ministry in that week."
            return answer(offer, version=offer.version, by=own, at=at, note=note)
        note = f"{MARK} By note verbale."
        return answer(offer, version=offer.version, by=self.officer, at=at, on_behalf=True, note=note)


def offers_of(round: Round, **which: object) -> list[Offer]:
    """In the order in which they were made."""
    found = Offer.objects.filter(round=round, **which).select_related("nominee__application__state", "round__meeting")
    return list(found.order_by("offered_at", "pk"))


def first(round: Round, iso3: str) -> Nominee:
    return Nominee.objects.select_related("application__round__meeting", "application__state").get(
        application__round=round, application__state__iso3=iso3, rank=1
    )


def _number(state: State) -> int:
    """The same in every database."""
    return sum(map(ord, state.iso3))
