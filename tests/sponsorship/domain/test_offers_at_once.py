"""Two officers, one place; many offers, little money. First shown to go wrong with the lock off."""

import threading
from collections import Counter

import pytest
from django.db import connection

from sponsorship.domain import offering, offers
from sponsorship.enums import STANDING_OFFERS
from sponsorship.models import Offer, Round
from tests.sponsorship.domain.test_offers import announced
from tests.sponsorship.factories import AT

pytestmark = pytest.mark.django_db(transaction=True)
ISO3S = ("LAO", "TCD", "LBN", "MOZ", "ZMB", "MRT")


def all_at_once(nominees):
    """What each offer came to, all made in the same moment by as many connections."""
    outcomes, barrier = [], threading.Barrier(len(nominees))

    def run(nominee):
        try:
            connection.ensure_connection()
            barrier.wait()
            outcomes.append(type(offers.offer(nominee, by=None, at=AT)).__name__)
        except Exception as refusal:
            outcomes.append(str(refusal).replace("\xa0", " "))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(nominee,)) for nominee in nominees]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(outcomes)


def test_of_two_officers_who_offer_the_last_place_one_is_told_that_it_is_taken():
    _round, nominees = announced(*ISO3S, places=1, money="90000")
    assert all_at_once(nominees) == {"Offer": 1, "The one place of this round is taken already.": 5}


def test_without_the_lock_the_last_place_would_be_given_twice(monkeypatch):
    monkeypatch.setattr(offering, "locked", lambda round: Round.objects.get(pk=round.pk))
    _round, nominees = announced(*ISO3S, places=1, money="90000")
    all_at_once(nominees)
    assert Offer.objects.filter(status__in=STANDING_OFFERS).count() > 1


def test_money_for_two_gives_two_however_many_are_offered_at_once():
    _round, nominees = announced(*ISO3S, places=9, money="4100")
    refused = "The money that may be used for this person does not suffice: CHF 1,900.00 is missing."
    assert all_at_once(nominees) == {"Offer": 2, refused: 4}
