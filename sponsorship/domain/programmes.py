"""How many people observers bring to the meeting of a round by their own programmes: numbers alone, kept apart from the
sponsorship of States."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import Organisation, User
from committees.domain.said import WorkRefused, refuse_stale, said
from sponsorship.domain.rounds import held
from sponsorship.enums import PUBLIC_ROUNDS, RoundStatus
from sponsorship.models import ObserverProgramme, Round

LONGEST = 2000
MOST = 2000  # a mistyped number is no programme


@transaction.atomic
def note(
    *,
    round: Round,
    organisation: Organisation,
    persons: int,
    women: int | None,
    about: str,
    version: int,
    by: User,
    at: datetime,
) -> ObserverProgramme:
    """How many an organisation brings by its own programme; everybody can read it once the round is announced.

    :param version: of the row that was seen; 0 where there was none.
    :raises WorkChanged: if somebody else has written it since.
    :raises WorkRefused: if the call was not opened, the round is settled, or the numbers cannot be right.
    """
    round = held(round)
    if round.status not in PUBLIC_ROUNDS:
        raise WorkRefused(_("The call of this round is not open yet."))
    if round.status == RoundStatus.SETTLED:
        raise WorkRefused(_("This round is settled: it stays as it is."))
    if not 0 <= persons <= MOST or (women is not None and not 0 <= women <= persons):
        raise WorkRefused(_("There are not more women than people, and no more than %(most)s.") % {"most": MOST})
    row = ObserverProgramme.objects.filter(round=round, organisation=organisation).first()
    row = row or ObserverProgramme(round=round, organisation=organisation, version=0)
    refuse_stale(row, version)
    row.persons, row.women, row.about = persons, women, said(about, longest=LONGEST)
    row.noted_by, row.noted_at = by, at
    row.version += 1
    row.save()
    _noted("note", row, by=by, at=at, persons=persons, women=women)
    return row


@transaction.atomic
def take_back(*, programme: ObserverProgramme, version: int, by: User, at: datetime) -> None:
    """The organisation says nothing of its programme any more.

    :raises WorkChanged: if somebody else has written it since.
    :raises WorkRefused: if the round is settled, or it is gone.
    """
    round = held(programme.round)
    if round.status == RoundStatus.SETTLED:
        raise WorkRefused(_("This round is settled: it stays as it is."))
    row = ObserverProgramme.objects.filter(pk=programme.pk).select_related("organisation", "round").first()
    if row is None:
        raise WorkRefused(_("This had ended already."))
    refuse_stale(row, version)
    row.delete()
    _noted("take_back", row, by=by, at=at)


def _noted(act: str, row: ObserverProgramme, *, by: User, at: datetime, **data: object) -> None:
    """The act in the register: the transaction's last statement."""
    told = {"round": row.round.key, "organisation": row.organisation.key}
    register.append(action=f"sponsorship.observerprogramme.{act}", by=by, at=at, obj=row.round, data=told | data)
