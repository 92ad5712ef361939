"""What an assessor declares before the applications of a round are weighed: the States on which they do not decide."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import State, User
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkChanged, WorkRefused, said
from sponsorship.enums import RoundStatus
from sponsorship.models import ConflictDeclaration, Round, Score

OPEN = (RoundStatus.OPEN, RoundStatus.CLOSED)


def declared(round: Round, user: User) -> ConflictDeclaration | None:
    """What this person declared in the round, if they did."""
    return ConflictDeclaration.objects.filter(round=round, user=user).first()


@transaction.atomic
def declare(
    *, round: Round, states: Collection[State], reason: str, version: int, by: User, at: datetime
) -> ConflictDeclaration:
    """Declare conflicts, or none. What was scored on such a State before counts no more.

    :param version: that the page showed; 0 where nothing was declared yet.
    :raises WorkChanged: if the declaration was changed since the page was opened.
    :raises WorkRefused: if a State is named without a reason, or the round is decided.
    """
    round = locked(round)
    if round.status not in OPEN:
        raise WorkRefused(_("The round is decided: what was declared stays as it is."))
    found = declared(round, by)
    if (found.version if found else 0) != version:
        raise WorkChanged(found)
    reason = said(reason, longest=2000, empty=_("Say why you do not decide on these States.") if states else "")
    if found is None:
        found = ConflictDeclaration(round=round, user=by, version=0)
    found.reason, found.declared_at = reason, at
    found.version += 1
    found.save()
    found.states.set(states)
    dropped, _rows = Score.objects.filter(
        user=by, nominee__application__round=round, nominee__application__state__in=states
    ).delete()
    register.append(
        action="sponsorship.conflictdeclaration.declare",
        by=by,
        at=at,
        obj=found,
        data={"round": round.key, "states": sorted(state.iso3 for state in states), "scores_dropped": dropped},
    )
    return found


@transaction.atomic
def stop_scoring(*, round: Round, by: User, at: datetime) -> ConflictDeclaration:
    """See the whole ranking now, and give no scores from here on, because those of the others are seen.

    :raises WorkRefused: if nothing was declared.
    """
    found = ConflictDeclaration.objects.select_for_update().filter(round=round, user=by).first()
    if found is None:
        raise WorkRefused(_("Declare your conflicts first, or that you have none."))
    if found.looked_at is None:
        found.looked_at = at
        found.version += 1
        found.save()
    register.append(
        action="sponsorship.conflictdeclaration.stop_scoring", by=by, at=at, obj=found, data={"round": round.key}
    )
    return found
