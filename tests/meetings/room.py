"""A room for tests: the 14MSP, its agenda published, Norway, Ireland and the CMC taking part."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ccm_portal.core.models import User
from meetings.domain import agenda_publishing, floor, floor_clock, statements
from meetings.models import Delegation, Meeting, SpeakersList, SpeakerSlot
from tests.meetings import factories

AT = datetime(2027, 9, 14, 8, 0, tzinfo=UTC)


def later(**time) -> datetime:
    return AT + timedelta(**time)


@dataclass
class TheRoom:
    """The meeting, and who is in it."""

    meeting: Meeting
    chair: User
    codes: list[int]
    delegations: dict[str, Delegation]

    @property
    def code(self) -> int:
        return self.codes[0]

    def list(self, code: int | None = None) -> SpeakersList:
        return SpeakersList.objects.get(meeting=self.meeting, code=code or self.code)

    def ask(self, who: str, *, at: datetime = AT, kind: str = "", code: int | None = None, **fields) -> SpeakerSlot:
        delegation = self.delegations[who]
        kind = kind or floor.kinds_for(delegation)[0]
        given = {"by": self.chair} | fields
        return floor.ask(meeting=self.meeting, code=code or self.code, delegation=delegation, kind=kind, at=at, **given)

    def call(self, slot: SpeakerSlot, *, at: datetime = AT, stopping: int | None = None, **fields) -> SpeakerSlot:
        given = {"version": fresh(slot).version, "by": self.chair} | fields
        return floor_clock.call(meeting=self.meeting, slot=slot, stopping=stopping, at=at, **given)

    def do(self, act: str, slot: SpeakerSlot, *, at: datetime = AT, **fields) -> SpeakerSlot:
        """start, pause, resume, stop, go_on, pass_over, put_back."""
        given = {"version": fresh(slot).version, "by": self.chair} | fields
        return getattr(floor_clock, act)(meeting=self.meeting, slot=slot, at=at, **given)

    def speak(self, who: str, *, minutes: int, at: datetime = AT, **fields) -> SpeakerSlot:
        """Ask, be called, speak and stop."""
        slot = self.call(self.ask(who, at=at, **fields), at=at)
        self.do("start", slot, at=at)
        return self.do("stop", slot, at=at + timedelta(minutes=minutes))

    def hand_in(self, who: str, text: str, *, language: str = "en", release: str = "when_given", **fields):
        given = {"by": self.chair, "at": AT, "code": self.code} | fields
        words = statements.Given(language, text)
        return statements.hand_in(
            meeting=self.meeting, delegation=self.delegations[who], given=words, release=release, **given
        )


def fresh(slot: SpeakerSlot) -> SpeakerSlot:
    return SpeakerSlot.objects.get(pk=slot.pk)


def the_room(meeting: Meeting | None = None, *, items: int = 2, who: str = "NOR IRL cmc") -> TheRoom:
    """The agenda is published, the first item under discussion, its list open."""
    meeting = meeting or factories.meeting()
    chair = factories.chair(meeting)
    names = ("Clearance", "Victim assistance", *(f"Item {number}" for number in range(3, items + 1)))
    codes = [factories.item(meeting, name).code for name in names[:items]]
    publish_agenda(meeting)
    delegations = {
        key: factories.delegation(meeting, key) if key.isupper() else factories.delegation(meeting, organisation=key)
        for key in who.split()
    }
    floor.open_list(meeting=meeting, code=codes[0], by=chair, at=AT)
    floor.switch_item(meeting=meeting, code=codes[0], seen=None, by=chair, at=AT)
    return TheRoom(meeting, chair, codes, delegations)


def publish_agenda(meeting: Meeting) -> None:
    """The outline as it stands, for everybody."""
    version = factories.agenda(meeting).version
    agenda_publishing.publish(meeting=meeting, version=version, by=None, at=AT)
