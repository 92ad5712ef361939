"""Compliance cases of the demonstration, invented and harmless: one about Vanuatu that is under way on both tracks, one
about Lebanon that was clarified, and the President's report that takes from both what may be said.

Everybody in them acts as they would on the pages. What only those named may read holds a canary, so that a leak would
be seen; the word is restricted in both cases, so that no report can hold it.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from ccm_portal.demonstration.scenes import Cast, before, cast
from compliance import fence
from compliance.domain import (
    case_entries,
    case_next,
    case_outcomes,
    case_people,
    case_responses,
    cases,
    formal,
    offered_matters,
    president_report,
)
from compliance.domain.case_entries import Attached, Given
from compliance.domain.case_responses import FollowedUp, Suggested
from compliance.domain.cases import SourceGiven
from compliance.enums import Access, EntryReaders, Origin, Protection, Side, Subject
from compliance.models import ComplianceCase
from compliance.rules import is_named_anywhere
from compliance.rules_account import visible_passages
from meetings.models import Meeting

CANARY = "CANARY-K1"
INVENTED = "Invented for demonstration."
LATE = "vanuatu:initial_report"  # the offer from which the first is opened, where it is overdue


def load_cases(*, at: datetime) -> bool:
    """Load them, once.

    :returns: whether anything was added: not where one of the demonstration's people is named in a case already, or its
        President does not preside any more.
    """
    here = cast()
    president = here.people["president"]
    if not may(president, "compliance.open_case", None) or any(map(is_named_anywhere, here.people.values())):
        return False
    with fence.reading_as(president):
        _under_way(here, at=at)
        _clarified(here, at=at)
        _report(president, at=before(at, days=1))
    return True


def _under_way(here: Cast, *, at: datetime) -> None:
    """Vanuatu's initial report: a call, a letter, a concern with its reply, a response, and 28 days that run."""
    lead, leader, head = (here.people[who] for who in ("president", "leader", "head.vut"))
    opened = before(at, days=60)
    offer = offered_matters.offer_named(lead, LATE, on=at.date())
    case = cases.open_case(
        state=here.states["VUT"],
        article=Subject.ART_7,
        title="Demonstration: the initial report of Vanuatu",
        origin=Origin.OVERDUE,
        facts=f"{INVENTED} The initial report has not arrived, and nobody knows by when it can be expected."
        f" {CANARY}-facts.",
        obligation_key=offer.obligation.key if offer else "",
        sources=_sources(),
        restricted_words=[CANARY],
        by=lead,
        at=opened,
    )
    _name(case, leader, Access.WRITE, by=lead, at=before(at, days=58))
    _name(case, here.people["collaborator"], Access.READ, by=lead, at=before(at, days=58))
    _name(case, head, Access.WRITE, side=Side.CONCERNED, by=lead, at=before(at, days=57))
    _spoken(case, lead, leader, head, at=at)
    _response(case, here, at=at)
    _formal(case, here, at=at)
    case_next.set_next(
        case=_now(case),
        action="Call the capital, and offer help with the form.",
        owner=leader,
        due=at.date() + timedelta(days=6),
        version=case.version,
        by=lead,
        at=before(at, days=2),
    )


def _sources() -> list[SourceGiven]:
    """One of each protection."""
    return [
        SourceGiven(
            name="Table of obligations of the portal",
            said=f"{INVENTED} The report is overdue.",
            reference="/obligations/vanuatu/",
            protection=Protection.OPEN,
        ),
        SourceGiven(
            name=f"Adviser in a neighbouring mission, {CANARY}-team",
            said=f"{INVENTED} The ministry has changed its staff.",
            protection=Protection.TEAM,
        ),
        SourceGiven(
            name=f"Friend of the President, {CANARY}-lead",
            said=f"{INVENTED} A draft lies ready in the capital.",
            protection=Protection.LEAD,
        ),
    ]


def _spoken(case: ComplianceCase, lead: User, leader: User, head: User, *, at: datetime) -> None:
    """A call, a letter with its file, a note of the President alone; the concern, and the reply beside it."""
    called, written, put = (before(at, days=days) for days in (55, 49, 45))
    call = Given(
        kind="call",
        on=called.date(),
        with_whom="Second secretary of the mission",
        text=f"{INVENTED} The mission asks for a form in Bislama. {CANARY}-call.",
        sayable="The President spoke with one State Party about its initial report, which is overdue.",
    )
    case_entries.add_entry(case=case, given=call, by=leader, at=called)
    letter = replace(
        call, kind="letter", on=written.date(), with_whom="Permanent representative",
        text=f"{INVENTED} The letter asks for a day on which the report can be expected. {CANARY}-letter.", sayable="",
    )  # fmt: skip
    file = Attached(title=f"Letter of the President, {CANARY}-file", content=f"{INVENTED} {CANARY}-inside.\n".encode())
    case_entries.add_entry(case=case, given=letter, attached=[file], by=lead, at=written)
    note = Given(
        kind="note", on=written.date(), text=f"{INVENTED} Speak at the reception first. {CANARY}-note.",
        readers=EntryReaders.LEAD,
    )  # fmt: skip
    case_entries.add_entry(case=case, given=note, by=lead, at=written)
    asked = Given(
        kind="concern",
        on=put.date(),
        text=f"{INVENTED} The initial report is overdue. By which day can it be expected, and what would help?"
        f" {CANARY}-concern.",
        sayable="The State concerned was asked by which day its report can be expected, and what would help.",
    )
    concern = case_entries.add_entry(case=case, given=asked, by=lead, at=put)
    case_entries.reply(
        concern=concern,
        text=f"{INVENTED} The report is being written. We would welcome help with the part on clearance."
        f" {CANARY}-reply.",
        version=concern.version,
        by=head,
        at=before(at, days=38),
    )


def _response(case: ComplianceCase, here: Cast, *, at: datetime) -> None:
    """Suggested by the leader, agreed by the President, released to Côte d'Ivoire alone."""
    lead, leader = here.people["president"], here.people["leader"]
    suggested = Suggested(
        title="Demonstration: an hour with somebody who has written an initial report",
        text=f"{INVENTED} A colleague who writes a first report would welcome an hour with somebody who has done so."
        f" Would you offer it? {CANARY}-response.",
        states=(here.states["CIV"],),
    )
    response = case_responses.propose(case=case, suggested=suggested, by=leader, at=before(at, days=33))
    followed = FollowedUp(
        follow_up="Bring the two together.", owner_name=leader.name, due=at.date() + timedelta(days=20)
    )
    response = case_responses.follow_up(
        response=response, given=followed, version=response.version, by=leader, at=before(at, days=32)
    )
    response = case_responses.decide(
        response=response, agreed=True, reason="", version=response.version, by=lead, at=before(at, days=30)
    )
    case_responses.release(response=response, version=response.version, by=lead, at=before(at, days=29))


def _formal(case: ComplianceCase, here: Cast, *, at: datetime) -> None:
    """Lodged, transmitted, received nine days ago: 19 of the 28 days are left."""
    lead = here.people["president"]
    lodged, sent, came = (before(at, days=days) for days in (16, 13, 9))
    request = formal.lodge(
        case=_now(case),
        states=[here.states["NOR"], here.states["CHE"]],
        text=f"{INVENTED} By which day will the initial report be submitted? {CANARY}-formal.",
        lodged_on=lodged.date(),
        version=case.version,
        by=lead,
        at=lodged,
    )
    request = formal.note_transmitted(request=request, on=sent.date(), version=request.version, by=lead, at=sent)
    formal.note_received(
        request=request,
        on=came.date(),
        basis="Demonstration: the stamp of the mission on the letter",
        version=request.version,
        by=lead,
        at=came,
    )


def _clarified(here: Cast, *, at: datetime) -> None:
    """Two figures of Lebanon's report that seemed to differ, and do not."""
    lead, leader, drafter = (here.people[who] for who in ("president", "leader", "drafter.lbn"))
    opened, put, answered, settled = (before(at, days=days) for days in (150, 140, 128, 120))
    case = cases.open_case(
        state=here.states["LBN"],
        article=Subject.ART_4,
        title="Demonstration: two figures for the area cleared",
        origin=Origin.REVIEW,
        facts=f"{INVENTED} Two figures for the area cleared in one year seem to differ. {CANARY}-facts.",
        sources=[SourceGiven(name="Article 7 report", said=INVENTED, protection=Protection.OPEN)],
        restricted_words=[CANARY],
        by=lead,
        at=opened,
    )
    _name(case, leader, Access.READ, by=lead, at=opened)
    _name(case, drafter, Access.WRITE, side=Side.CONCERNED, by=lead, at=opened)
    asked = Given(kind="concern", on=put.date(), text=f"{INVENTED} Which of the two figures stands? {CANARY}-concern.")
    concern = case_entries.add_entry(case=case, given=asked, by=lead, at=put)
    told = case_entries.reply(
        concern=concern,
        text=f"{INVENTED} Both do: the second counts what was cancelled by survey too. {CANARY}-reply.",
        version=concern.version,
        by=drafter,
        at=answered,
    )
    case_entries.say(
        entry=told,
        sayable="Two figures of one report were explained by the State that had given them.",
        version=told.version,
        by=lead,
        at=settled,
    )
    case_outcomes.settle(
        case=_now(case),
        outcome="clarify",
        why=f"{INVENTED} The figures count different things. {CANARY}-outcome.",
        for_state="Your reply explains both figures. Thank you.",
        version=case.version,
        by=lead,
        at=settled,
    )


def _report(lead: User, *, at: datetime) -> None:
    """To the 14MSP: it has drafted itself; the President has agreed to one passage and said a word before all."""
    account = president_report.begin(meeting=Meeting.objects.get(key="14msp"), by=lead, at=at)
    account = president_report.say_around(
        account=account,
        opening="Demonstration: everything in this report is invented. The President spoke with two States Parties.",
        closing="",
        version=account.version,
        by=lead,
        at=at,
    )
    passage = visible_passages(lead, account).order_by("position")[0]
    president_report.agree_passage(passage=passage, version=passage.version, by=lead, at=at)


def _name(case: ComplianceCase, user: User, access: str, *, side: str = Side.TEAM, by: User, at: datetime) -> None:
    case_people.name_person(case=case, email=user.email, access=access, side=side, by=by, at=at)


def _now(case: ComplianceCase) -> ComplianceCase:
    """The case as it stands, with its version."""
    case.refresh_from_db()
    return case
