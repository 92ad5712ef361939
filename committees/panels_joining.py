"""What the universalisation log adds to the pages of States and to its workspace."""

from datetime import date, datetime

from ccm_portal.core.models import State, User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import may
from committees.domain import joining
from committees.enums import WithdrawalStatus
from committees.models import Body
from committees.rules_workspace import LOG_BODIES, public_entries, public_votes, public_withdrawals

VOTES = 6


def way_to_joining(state: State, at: datetime) -> Panel | None:
    """For a State's page: its way to joining as publicly known, its votes; of whoever withdrew, that."""
    withdrawals = list(public_withdrawals().filter(state=state).order_by("-received_on"))
    is_party = state.is_party_on(at.date())
    if is_party and not withdrawals:
        return None
    entry = public_entries().filter(state=state).order_by("-learnt_on", "-pk").first()
    votes = list(public_votes().filter(state=state).order_by("-year")[:VOTES])
    context = {"entry": None if is_party else entry, "votes": votes, "withdrawals": withdrawals}
    return Panel("committees/panels/state_joining.html", context)


def the_log(body: Body, user: User, on: date) -> Panel | None:
    """For the workspace of universalisation: the way to the log, and the withdrawals that run."""
    if body.key not in LOG_BODIES:
        return None
    running = public_withdrawals().filter(status=WithdrawalStatus.RUNNING).order_by("effective_on")
    context = {
        "outside": joining.outside(on=on).count(),
        "withdrawals": list(running),
        "keeps": may(user, "committees.keep_withdrawals", None),
    }
    return Panel("committees/panels/log.html", context)


def way_to_the_public_log(body: Body, at: datetime) -> Panel | None:
    """For the page of the bodies of universalisation that everybody reads."""
    if body.key not in LOG_BODIES:
        return None
    return Panel("committees/panels/public_log.html", {"outside": joining.outside(on=at.date()).count()})
