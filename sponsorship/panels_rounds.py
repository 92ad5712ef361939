"""Rounds on other pages, and what other parts add to the public page of a round."""

from collections.abc import Callable
from datetime import date, datetime

from ccm_portal.core.enums import Known
from ccm_portal.core.models import State, User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import may
from meetings.models import Meeting
from meetings.rules_people import observing_organisations
from sponsorship.domain import round_reading
from sponsorship.enums import RoundStatus
from sponsorship.models import Round
from sponsorship.rules import public_rounds
from sponsorship.rules_rounds import readable_rounds, rounds_with_programmes

RoundPanel = Callable[[Round, datetime], Panel | None]
_on_rounds: list[RoundPanel] = []


def register_round_panel(panel: RoundPanel) -> RoundPanel:
    """A block on the public page of a round, in the order in which they are registered. It says what everybody may
    read, and is told ``round`` beside its own context. Called by ``wire()`` of a part."""
    if panel not in _on_rounds:
        _on_rounds.append(panel)
    return panel


def round_panels(round: Round, *, at: datetime) -> list[Panel]:
    return [panel for make in _on_rounds if (panel := make(round, at))]


def own_programmes(round: Round, at: datetime) -> Panel | None:
    """On the page of an announced round: how many people observers bring by their own programmes."""
    if round.announced_at is None:
        return None
    rows = list(round.observer_programmes.select_related("organisation").filter(persons__gt=0).order_by("pk"))
    return Panel("sponsorship/panels/own_programmes.html", {"rows": rows}) if rows else None


def on_meeting(meeting: Meeting, at: datetime) -> Panel | None:
    """On the page of a meeting: its rounds of sponsorship."""
    rows = [(one, *round_reading.badge(one)) for one in readable_rounds().filter(meeting=meeting).order_by("pk")]
    return Panel("sponsorship/panels/meeting_rounds.html", {"rows": rows}) if rows else None


def on_state(state: State, at: datetime) -> Panel | None:
    """On the page of an affected State: calls that are open. Whether it applied is nobody else's business."""
    if state.affected != Known.YES:
        return None
    rounds = [
        one for one in public_rounds().filter(status=RoundStatus.OPEN).order_by("closes_at") if one.closes_at > at
    ]
    return Panel("sponsorship/panels/state_rounds.html", {"rounds": rounds}) if rounds else None


def on_desk(user: User, on: date) -> Panel | None:
    """On an officer's desk the way to rounds; on an observer's to their own programmes."""
    runs = may(user, "sponsorship.run_rounds", None)
    observes = bool(user.acts and rounds_with_programmes(user).exists() and observing_organisations(user).exists())
    if not runs and not observes:
        return None
    return Panel("sponsorship/panels/desk_rounds.html", {"runs": runs, "observes": observes})
