"""The meeting that is being prepared: the 14MSP, with an intersessional and a coordination meeting on the way to it.

Days, places and papers of these meetings are invented; the page of each says so.
"""

from datetime import date, datetime, timedelta

from django.contrib.auth.models import Permission

from ccm_portal.core.models import User
from ccm_portal.demonstration.meeting_papers import Shelf, told
from ccm_portal.demonstration.scenes import Cast, before, codes, seen
from committees.domain import presidency
from committees.models import Presidency
from meetings.domain import (
    agenda_publishing,
    convening,
    decisions,
    delegations,
    floor,
    officers,
    outline_edits,
    outline_starts,
    participants,
    silence,
    sittings,
    venues,
)
from meetings.domain.convening import Facts, Place
from meetings.domain.participants import Person
from meetings.enums import DecisionKind, DecisionOutcome, MeetingFormat, MeetingKind, Office, SlotKind
from meetings.models import CHAIR_MEETING, ChairPlace, Delegation, Meeting

LANGUAGES = ["en", "fr", "es", "ru", "ar", "zh-hans"]
ABOUT = "Demonstration: the days, the place, the agenda and the papers are invented."
EXCHANGE = "General exchange of views"
# Who has notified its delegation, and with how many persons.
NOTIFIED = {"NOR": 3, "LAO": 4, "LBN": 2, "CHE": 3, "NZL": 1, "MEX": 2, "ZMB": 1, "DEU": 2, "TCD": 2, "AUT": 1}
ON_THE_LIST = ("LAO", "NOR", "MEX", "ZMB", "CHE", "LBN", "NZL")
FUNCTIONS = ("Head of delegation", "Adviser, disarmament", "Expert, clearance", "Adviser, legal affairs")


def load_next_meetings(cast: Cast, *, at: datetime) -> bool:
    """Make the meetings that are ahead.

    :returns: whether anything was done.
    """
    if Meeting.objects.filter(key="14msp").exists():
        return False
    msp = _msp(cast, at=before(at, days=40))
    _agenda(msp, cast, at=at)
    Shelf(msp, cast, latest=before(at, days=1)).bring(told()["next"], starting=before(at, days=24))
    _delegations(msp, cast, at=before(at, days=6))
    _floor(msp, cast, at=before(at, days=2))
    _smaller_meetings(cast, at=before(at, days=30))
    _decisions(msp, cast, at=at)
    return True


def _msp(cast: Cast, *, at: datetime) -> Meeting:
    facts = Facts(
        kind=MeetingKind.MSP,
        ordinal=14,
        is_formal=True,
        languages=LANGUAGES,
        about=ABOUT,
        symbol_stem="CCM/MSP/2027",
    )
    place = Place(city="Geneva", venue="Palais des Nations (demonstration)", host=cast.states["CHE"])
    meeting = _made(facts, date(2027, 9, 14), date(2027, 9, 17), place, cast, at=at)
    venues.propose(
        meeting=meeting,
        host=cast.states["LAO"],
        city="Vientiane",
        text="Demonstration: an offer to hold the meeting where its work is done.",
        by=cast.office,
        at=at,
    )
    meeting.refresh_from_db()
    officers.name_officer(
        meeting=meeting,
        version=meeting.version,
        office=Office.PRESIDENT,
        state=cast.states["CIV"],
        by=cast.office,
        at=at,
    )
    if not Presidency.objects.filter(meeting_key=meeting.key).exists():
        presidency.designate(
            meeting_key=meeting.key, state=cast.states["CIV"], on=None, source="Demonstration", by=cast.office, at=at
        )
    _chaired_by(cast.people["chair.civ"], meeting, by=cast.office, at=at)
    return meeting


def _chaired_by(user: User, meeting: Meeting, *, by: User, at: datetime) -> None:
    """Named to chair this one meeting. The role of President would open the coordination body as well, where another
    State still presides."""
    right = Permission.objects.get(codename=CHAIR_MEETING, content_type__app_label="meetings")
    ChairPlace.objects.create(user=user, permission=right, content_object=meeting, given_by=by, given_at=at)


def _made(facts: Facts, starts: date, ends: date, place: Place, cast: Cast, *, at: datetime) -> Meeting:
    """Prepared, with its sittings, and announced."""
    by = cast.office
    meeting = convening.create(facts=facts, starts=starts, ends=ends, place=place, by=by, at=at)
    sittings.usual_days(part=meeting.parts.get(), version=meeting.version, by=by, at=at)
    meeting.refresh_from_db()
    return convening.announce(meeting=meeting, version=meeting.version, by=by, at=at)


def _agenda(meeting: Meeting, cast: Cast, *, at: datetime) -> None:
    """From the template; published, two items moved, published again."""
    by, first, second = cast.office, before(at, days=35), before(at, days=9)
    agenda = outline_starts.from_template(seen(meeting, by=by, at=first), key="msp")
    agenda_publishing.publish(
        meeting=meeting, version=agenda.version, note="Demonstration: first provisional agenda.", by=by, at=first
    )
    by_title = codes(meeting)
    for title, way in (("Risk education", "up"), ("Financial status of the meetings", "down")):
        agenda = outline_edits.move(seen(meeting, by=by, at=second), code=by_title[title], way=way)
    note = "Demonstration: risk education comes before clearance, presidencies and venues before finances."
    agenda_publishing.publish(meeting=meeting, version=agenda.version, note=note, by=by, at=second)


def _delegations(meeting: Meeting, cast: Cast, *, at: datetime) -> None:
    by = cast.office
    delegations.expect_all(meeting=meeting, by=by, at=at)
    for key in ("un", "unoda", "undp", "icrc", "gichd", "cmc"):
        delegations.open_for_observer(meeting=meeting, organisation=cast.organisations[key], by=by, at=at)
    delegations.ask(
        meeting=meeting,
        organisation=cast.organisations["eu"],
        purpose="Demonstration: we fund clearance and assistance in several States Parties, and work without profit.",
        by=by,
        at=at,
    )
    delegations.add(
        meeting=meeting, name="Field team, demonstration province", is_expert=True,
        purpose="Demonstration: invited to tell of their work.", by=by, at=at,
    )  # fmt: skip
    for place, (iso3, size) in enumerate(NOTIFIED.items(), start=1):
        _notify(Delegation.objects.get(meeting=meeting, state=cast.states[iso3]), place, size, cast, at=at)
    _notify(Delegation.objects.get(meeting=meeting, organisation=cast.organisations["cmc"]), 11, 3, cast, at=at)


def _notify(delegation: Delegation, place: int, size: int, cast: Cast, *, at: datetime) -> None:
    """By note verbale, with people named by what they do."""
    of = delegation.state.name if delegation.state else str(delegation.organisation)
    told = delegations.notify(
        delegation=delegation,
        note_reference=f"Demonstration {place}/2027",
        note_date=at.date(),
        un_reference="",
        version=delegation.version,
        by=cast.office,
        at=at,
    )
    for number, function in enumerate(FUNCTIONS[:size]):
        person = Person(name=f"{function}, {of}", function=f"{function} (demonstration)", is_head=number == 0)
        participants.add(delegation=told, person=person, version=told.version, by=cast.office, at=at)
        told.refresh_from_db()


def _floor(meeting: Meeting, cast: Cast, *, at: datetime) -> None:
    """The list of the general exchange is open, and some have asked to be on it."""
    code = codes(meeting)[EXCHANGE]
    floor.open_list(meeting=meeting, code=code, by=cast.office, at=at)
    came = {row.state.iso3: row for row in Delegation.objects.filter(meeting=meeting, state__iso3__in=ON_THE_LIST)}
    for place, iso3 in enumerate(ON_THE_LIST):
        floor.ask(
            meeting=meeting, code=code, delegation=came[iso3], kind=SlotKind.NATIONAL, by=cast.office,
            at=at + timedelta(hours=place),
        )  # fmt: skip
    cmc = Delegation.objects.get(meeting=meeting, organisation=cast.organisations["cmc"])
    by = cast.people["observer"]
    floor.ask(meeting=meeting, code=code, delegation=cmc, kind=SlotKind.ORGANISATION, by=by, at=at + timedelta(hours=9))


def _smaller_meetings(cast: Cast, *, at: datetime) -> None:
    committees = [cast.bodies[key] for key in ("universalisation", "stockpiles", "clearance", "victim-assistance")]
    facts = Facts(
        kind=MeetingKind.INTERSESSIONAL,
        title="Intersessional meeting 2027",
        convened_by=committees,
        languages=["en", "fr", "es"],
        about=ABOUT,
    )
    geneva = Place(format=MeetingFormat.HYBRID, city="Geneva", host=cast.states["CHE"])
    meeting = _made(facts, date(2027, 5, 10), date(2027, 5, 11), geneva, cast, at=at)
    agenda = outline_starts.from_template(seen(meeting, by=cast.office, at=at), key="intersessional")
    agenda_publishing.publish(
        meeting=meeting, version=agenda.version, note="Demonstration: first draft.", by=cast.office, at=at
    )
    facts = Facts(
        kind=MeetingKind.COORDINATION,
        title="Coordination meeting, January 2027",
        convened_by=[cast.bodies["coordination"]],
        languages=["en"],
        about=ABOUT,
    )
    online = Place(format=MeetingFormat.VIRTUAL)
    meeting = _made(facts, date(2027, 1, 20), date(2027, 1, 20), online, cast, at=at)
    agenda = outline_starts.from_template(seen(meeting, by=cast.office, at=at), key="coordination")
    agenda_publishing.publish(
        meeting=meeting, version=agenda.version, note="Demonstration: first draft.", by=cast.office, at=at
    )


def _decisions(meeting: Meeting, cast: Cast, *, at: datetime) -> None:
    """One that is put to all States Parties now, one that is a draft."""
    then = before(at, days=3)
    by = cast.office
    words = decisions.Words(
        kind=DecisionKind.PROCEDURE,
        title="Demonstration: papers are handed in ten weeks before the meeting",
        text="States Parties agree that papers to be translated are handed in ten weeks before the meeting.",
        between_meetings=True,
    )
    drafted = decisions.draft(meeting=meeting, words=words, by=by, at=then)
    silence.open_silence(
        decision=drafted,
        version=drafted.version,
        closes_at=at + timedelta(days=25),
        on_objection=DecisionOutcome.DEFERRED,
        by=by,
        at=then,
    )
    title = "Next presidencies; dates, venue and estimated costs of the next meetings"
    words = decisions.Words(
        kind=DecisionKind.VENUE,
        title="Demonstration: the 15MSP is held in Beirut",
        text="The meeting decides to hold the Fifteenth Meeting of States Parties in Beirut.",
        code=codes(meeting)[title],
        about_city="Beirut",
        about_host=cast.states["LBN"],
    )
    decisions.draft(meeting=meeting, words=words, by=by, at=then)
