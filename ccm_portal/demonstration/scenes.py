"""What the loaders of demonstration meetings share: who acts, on which day, on which item."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from ccm_portal.core.domain.documents import Issuer
from ccm_portal.core.models import Organisation, State, User
from committees.models import Body
from meetings.domain.outline_edits import Seen
from meetings.models import Agenda, AgendaItem, Meeting

NAMED_ISSUERS = {"president": "The President", "secretariat": "The Secretariat"}


@dataclass(frozen=True)
class Cast:
    """The people, States and bodies of the demonstration, each read once."""

    people: dict[str, User]
    states: dict[str, State]
    organisations: dict[str, Organisation]
    bodies: dict[str, Body]

    @property
    def office(self) -> User:
        return self.people["iso"]

    def issuer(self, told: str) -> Issuer:
        """Who issues a paper, by the word that the data use: a State, an organisation or an office."""
        if told in NAMED_ISSUERS:
            return Issuer(name=NAMED_ISSUERS[told])
        if told in self.states:
            return Issuer(state=self.states[told])
        return Issuer(organisation=self.organisations[told])


def cast() -> Cast:
    """Four queries."""
    people = User.objects.filter(is_demonstration=True, email__endswith="@example.org")
    return Cast(
        people={user.email.split("@")[0]: user for user in people},
        states={state.iso3: state for state in State.objects.select_related("region_group")},
        organisations={one.key: one for one in Organisation.objects.all()},
        bodies={body.key: body for body in Body.objects.select_related("kind")},
    )


def noon(day: date, *, latest: datetime) -> datetime:
    """Noon UTC of a day, and never later than now."""
    return min(datetime.combine(day, time(12), tzinfo=UTC), latest)


def before(at: datetime, *, days: int) -> datetime:
    return at - timedelta(days=days)


def seen(meeting: Meeting, *, by: User, at: datetime) -> Seen:
    """The outline as it stands."""
    agenda, _new = Agenda.objects.get_or_create(meeting=meeting)
    return Seen(meeting=meeting, version=agenda.version, by=by, at=at)


def codes(meeting: Meeting) -> dict[str, int]:
    """English title of an item -> its code."""
    items: Iterable[AgendaItem] = AgendaItem.objects.filter(agenda__meeting=meeting)
    return {item.words["en"]["title"]: item.code for item in items}
