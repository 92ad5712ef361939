"""Applications on other pages: the way to a State's own, with where each stands."""

from datetime import date

from ccm_portal.core.models import User
from ccm_portal.core.panels import Panel
from sponsorship.domain import standing
from sponsorship.enums import RoundStatus
from sponsorship.models import Application
from sponsorship.rules import own_applications, public_rounds


def on_desk(user: User, on: date) -> Panel | None:
    """On a delegate's desk, while there is a round that is not settled: where each application of their States stands,
    and the way to apply."""
    if not user.state_ids:
        return None
    running = public_rounds().exclude(status=RoundStatus.SETTLED)
    mine: dict[int, list[Application]] = {}
    for one in own_applications(user).filter(round__in=running.values("pk")).order_by("-round__closes_at", "pk"):
        mine.setdefault(one.state_id, []).append(one)
    if not mine and not running.exists():
        return None
    rows = [
        (state, [(one, standing.of_application(one, on=on)) for one in mine.get(state.pk, [])]) for state in user.states
    ]
    return Panel("sponsorship/panels/desk_applications.html", {"rows": rows})
