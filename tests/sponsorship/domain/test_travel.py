"""The file of a journey is opened once, with what is owed for it."""

import pytest

from sponsorship.domain import travel
from sponsorship.enums import DutyKind, OfferStatus
from sponsorship.models import Duty, TravelFile
from tests.factories import state
from tests.meetings.factories import meeting
from tests.sponsorship.factories import AT, a_round, an_application, an_offer

pytestmark = pytest.mark.django_db


def accepted(iso3="LAO"):
    application = an_application(a_round(meeting()), state(iso3))
    return an_offer(application.nominees.get(), status=OfferStatus.ACCEPTED)


def test_acceptance_opens_one_file_and_three_duties_however_often_it_is_called():
    offer = accepted()
    first = travel.open_file(offer, by=None, at=AT)
    again = travel.open_file(offer, by=None, at=AT)

    assert (first, TravelFile.objects.count()) == (again, 1)
    assert sorted(Duty.objects.values_list("kind", "met")) == sorted((kind.value, None) for kind in DutyKind)
