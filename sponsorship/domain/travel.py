"""The journey of a sponsored person: the file in which every fact of it stands, opened when the offer is accepted."""

from datetime import datetime

from django.db import transaction

from ccm_portal.core import register
from ccm_portal.core.models import User
from sponsorship.enums import DutyKind
from sponsorship.models import Duty, Offer, TravelFile


@transaction.atomic
def open_file(offer: Offer, *, by: User | None, at: datetime) -> TravelFile:
    """Open the file of a journey, and write down what is owed for it: a statement, attendance, a report.

    Called within the acceptance of ``offer``, which holds its lock. A file that is there already is returned as it is.
    """
    found = TravelFile.objects.filter(offer=offer).first()
    if found is not None:
        return found
    travel = TravelFile.objects.create(offer=offer)
    Duty.objects.bulk_create([Duty(offer=offer, kind=kind) for kind in DutyKind])
    register.append(action="sponsorship.travelfile.open", by=by, at=at, state=offer.state, obj=travel)
    return travel
