"""The end of sealed data: on its day the key of a round is destroyed, and with it what every backup holds.

Order matters: the key file goes before the rows. Whatever stops a purge half-way leaves rows that do not open, and the
next sweep goes on; the other way round, a backup would still open.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.permissions import require
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkRefused, seen
from sponsorship import keys
from sponsorship.domain.round_keys import key_file
from sponsorship.enums import RoundStatus
from sponsorship.models import (
    BankChange,
    Nominee,
    PersonalLink,
    Round,
    RoundKey,
    SealedFile,
    SealedRecord,
    TravelFile,
)
from sponsorship.rules_sealed import READ_SEALED

log = logging.getLogger(__name__)

Purger = Callable[[Round, datetime], None]
_purgers: list[Purger] = []


def also(purger: Purger) -> Purger:
    """Called by a part's ``wire()``: what else the portal keeps that names a person of the round, and is to go with it
    (a letter that was drawn, an export). It is called in the transaction of the purge."""
    if purger not in _purgers:
        _purgers.append(purger)
    return purger


def purge_day(round: Round) -> date:
    """The day on which the round's sealed data are destroyed."""
    return round.meeting.ends + timedelta(days=round.purge_days)


def purged_at(round: Round) -> datetime | None:
    """When it was done, if it was; of a restored database, what its rows say."""
    return RoundKey.objects.filter(round=round).values_list("purged_at", flat=True).first()


@transaction.atomic
def end_early(round: Round, *, by: User, at: datetime, version: int) -> RoundKey:
    """An officer destroys what is sealed in a round before its day.

    :raises PermissionDenied: for whoever is no sponsorship officer.
    :raises WorkRefused: as long as the round is not settled.
    :raises WorkChanged: if the round was changed meanwhile.
    """
    require(by, READ_SEALED, round)
    round = seen(round, version)
    if round.status != RoundStatus.SETTLED:
        raise WorkRefused(_("Settle the round first. Without that its sealed data are destroyed on their day."))
    return purge(round, at=at, by=by)


@transaction.atomic
def purge(round: Round, *, at: datetime, by: User | None = None) -> RoundKey:
    """Destroy what is sealed in a round, and empty who was nominated. What is counted stays. ``by`` is nobody where the
    day did it."""
    round = locked(round)
    row, _new = RoundKey.objects.select_for_update().get_or_create(round=round, defaults={"made_at": at})
    if name := key_file(row):
        keys.destroy(name)
    people = Nominee.objects.filter(application__round=round)
    _delete_sealed(round)
    PersonalLink.objects.filter(nominee__in=people).delete()
    TravelFile.objects.filter(offer__round=round).update(visa_note="", hotel="", insurer="")
    for purger in _purgers:
        purger(round, at)
    people.update(title="", name="", email="", function="", expertise="", has_access_needs=None)
    row.wrapped, row.purged_at = "", at
    row.save()
    register.append(action="sponsorship.round.purge", by=by, at=at, obj=round, data={"people": people.count()})
    return row


@transaction.atomic
def give_up(round: Round, *, at: datetime) -> None:
    """Delete what is sealed in a round whose key file is lost, so that the persons can be asked again under a new key.
    Their names stay."""
    round = locked(round)
    _delete_sealed(round)
    RoundKey.objects.filter(round=round).delete()
    register.append(action="sponsorship.round.give_up_key", by=None, at=at, obj=round)


def _delete_sealed(round: Round) -> None:
    for model in (SealedRecord, SealedFile, BankChange):
        model.objects.filter(nominee__application__round=round).delete()


def sweep(*, at: datetime) -> int:
    """Purge what is due: by its day, or because its key was destroyed before the database was restored."""
    done = 0
    for round in _due(at):
        try:
            purge(round, at=at)
            done += 1
        except Exception:
            log.exception("the sealed data of round %s could not be destroyed", round.pk)
    return done


def _due(at: datetime) -> list[Round]:
    open_rounds = Round.objects.select_related("meeting").exclude(sealing_key__purged_at__isnull=False)
    kept = {row.round_id: row for row in RoundKey.objects.exclude(wrapped="")}
    undone = Q(applications__nominees__isnull=False) | Q(pk__in=kept)
    return [
        round
        for round in open_rounds.filter(undone).distinct()
        if purge_day(round) < at.date() or (round.pk in kept and keys.is_destroyed(key_file(kept[round.pk])))
    ]
