"""Who may read and write sealed data, and who may ask who did.

sponsorship.read_sealed     sponsorship officers; the pages ask for a fresh sign-in besides
sponsorship.read_readings   sponsorship officers and the auditor, who sees the log alone
"""

from typing import Any

import rules
from django.db.models import QuerySet

from ccm_portal.core.permissions import is_auditor, is_sponsorship_officer, may
from sponsorship.models import BankChange, Nominee, Round, SealedFile

READ_SEALED = "sponsorship.read_sealed"
READ_READINGS = "sponsorship.read_readings"


@rules.predicate
def is_second_person(user: Any, change: BankChange | None) -> bool:
    return change is not None and user.pk not in (change.proposed_by_id, change.link_by_id)


@rules.predicate
def has_proposed(user: Any, change: BankChange | None) -> bool:
    return change is not None and user.pk is not None and user.pk == change.proposed_by_id


rules.add_perm(READ_SEALED, is_sponsorship_officer)
rules.add_perm("sponsorship.settle_bank_change", is_sponsorship_officer & is_second_person)
rules.add_perm("sponsorship.take_back_bank_change", is_sponsorship_officer & has_proposed)
rules.add_perm(READ_READINGS, is_sponsorship_officer | is_auditor)


def office_people(user: Any) -> QuerySet[Nominee]:
    """The set form of ``sponsorship.read_sealed``: everybody nominated and sent, and not gone."""
    found = Nominee.objects.select_related("application__state", "application__round__meeting")
    sent = found.filter(application__endorsed_at__isnull=False)
    return sent if may(user, READ_SEALED, None) else sent.none()


def office_files(user: Any) -> QuerySet[SealedFile]:
    """The sealed files of these people."""
    return SealedFile.objects.select_related("nominee__application__round").filter(nominee__in=office_people(user))


def office_bank_changes(user: Any) -> QuerySet[BankChange]:
    """The changes of bank accounts of these people."""
    found = BankChange.objects.select_related("nominee__application__round__meeting", "nominee__application__state")
    return found.filter(nominee__in=office_people(user))


def logged_rounds(user: Any) -> QuerySet[Round]:
    """The set form of ``sponsorship.read_readings``."""
    found = Round.objects.select_related("meeting")
    return found if may(user, READ_READINGS, None) else found.none()
