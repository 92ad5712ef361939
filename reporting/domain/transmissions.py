"""The way to the Secretary-General: sent is noted by the outbox, acknowledged by the ISO."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import OutgoingMessage, User
from ccm_portal.core.workflow import locked
from reporting import emails
from reporting.models import ReportVersion, Transmission


class AcknowledgementRefused(Exception):
    """It cannot be noted. The message is fit to show the user."""


def sending_of(version: ReportVersion) -> str:
    """How the message to the United Nations stands; "" if none was ever owed."""
    owed = OutgoingMessage.objects.filter(key=emails.key_to_un(version)).values_list("status", flat=True)
    return next(iter(owed), "")


@transaction.atomic
def acknowledge(*, transmission: Transmission, on: date, reference: str, by: User, at: datetime) -> Transmission:
    """Note that the United Nations acknowledged a report ``on`` a day.

    :raises AcknowledgementRefused: if that was noted before, or if it cannot have been that day.
    """
    version = transmission.version
    transmission = locked(transmission)
    if transmission.acknowledged_at is not None:
        raise AcknowledgementRefused(_("The acknowledgement of this report was noted before."))
    if not version.filed_at.date() <= on <= at.date():
        raise AcknowledgementRefused(_("The day cannot lie before the filing or in the future."))
    transmission.acknowledged_on = on
    transmission.acknowledged_at = at
    transmission.acknowledged_by = by
    transmission.reference = reference
    transmission.save(update_fields=["acknowledged_on", "acknowledged_at", "acknowledged_by", "reference"])
    register.append(
        action="reporting.transmission.acknowledge",
        by=by,
        at=at,
        state=version.report.state,
        obj=transmission,
        data={"receipt": version.receipt_number, "on": on.isoformat(), "reference": reference},
    )
    return transmission
