"""Scores: 0 to 10 points with a reason, by each assessor for each person, none where there is a conflict.

What others gave is shown to an assessor once they gave their own, or will give none any more.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkChanged, WorkRefused, said
from sponsorship.domain.conflicts import declared
from sponsorship.enums import NomineeStatus, RoundStatus
from sponsorship.models import Nominee, Round, Score
from sponsorship.rules_assessment import in_conflict, scored_nominees, weighed_nominees

MOST = 10


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far an assessor is: scores given of those they can give, and whether others' may be shown to them all."""

    given: int
    all: int
    looked: bool

    @property
    def left(self) -> int:
        return self.all - self.given

    @property
    def sees_everything(self) -> bool:
        return self.looked or not self.left


@transaction.atomic
def give(*, nominee: Nominee, points: int, reason: str, version: int, by: User, at: datetime) -> Score:
    """Give a score, or change one's own.

    :param version: that the page showed; 0 where none was given yet.
    :raises WorkChanged: if the score was changed since the page was opened.
    :raises WorkRefused: outside the time for it, in conflict with the State, beyond ten points, without a reason.
    """
    round = locked(nominee.application.round)
    if round.status != RoundStatus.CLOSED:
        raise WorkRefused(_("Scores are given between the end of the call and the decision."))
    declaration = declared(round, by)
    if declaration is None:
        raise WorkRefused(_("Declare your conflicts first, or that you have none."))
    if nominee.state_id in in_conflict(by, round):
        raise WorkRefused(_("You are in conflict with this State: you give no score here."))
    if declaration.looked_at:
        raise WorkRefused(_("You chose to see the ranking: you give no scores any more in this round."))
    if not 0 <= points <= MOST:
        raise WorkRefused(_("Give 0 to 10 points."))
    found = Score.objects.filter(nominee=nominee, user=by).first()
    if (found.version if found else 0) != version:
        raise WorkChanged(found)
    if found is None:
        found = Score(nominee=nominee, user=by, version=0)
    found.points, found.reason = points, said(reason, longest=2000, empty=_("Say why."))
    found.given_at = at
    found.version += 1
    found.save()
    register.append(action="sponsorship.score.give", by=by, at=at, obj=found, data={"round": round.key})
    return found


def progress(round: Round, user: User) -> Progress:
    """A constant number of queries."""
    mine = scored_nominees(user).filter(application__round=round).exclude(status=NomineeStatus.WITHDRAWN)
    given = Score.objects.filter(user=user, nominee__in=mine.order_by().values("pk")).count()
    found = declared(round, user)
    return Progress(given=given, all=mine.count(), looked=bool(found and found.looked_at))


def to_weigh(round: Round, user: User) -> list[Nominee]:
    """Everybody whom this person may read, by State and rank, whoever was withdrawn left out."""
    found = weighed_nominees(user).filter(application__round=round).exclude(status=NomineeStatus.WITHDRAWN)
    return list(found.order_by("application__state__name_en", "rank"))


def own(round: Round, user: User) -> dict[object, Score]:
    """Nominee → what this person gave."""
    found = Score.objects.filter(user=user, nominee__application__round=round)
    return {score.nominee_id: score for score in found}


def of_others(nominee: Nominee, user: User) -> list[Score]:
    """What the others gave this person; nothing before one's own is given, unless one gives none any more, and nothing
    about people of a State on which one does not decide."""
    if nominee.state_id in in_conflict(user, nominee.application.round):
        return []
    declaration = declared(nominee.application.round, user)
    if declaration is None:
        return []
    if not declaration.looked_at and not Score.objects.filter(nominee=nominee, user=user).exists():
        return []
    return list(Score.objects.filter(nominee=nominee).exclude(user=user).select_related("user").order_by("given_at"))
