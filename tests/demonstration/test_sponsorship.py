"""The demonstration of sponsorship: three rounds in three states, as a new user finds them."""

from collections import Counter
from decimal import Decimal

import pytest
from django.db.models import Sum

from ccm_portal.core import clock
from sponsorship.domain.risks import risks
from sponsorship.enums import BankChangeStatus, NomineeStatus
from sponsorship.models import (
    Application,
    BankChange,
    Duty,
    IssuedAccount,
    LedgerAccount,
    Nominee,
    Offer,
    Round,
    WaitingMove,
)

pytestmark = pytest.mark.django_db


def counted(round, field="status"):
    return dict(Counter(Offer.objects.filter(round=round).values_list(field, flat=True)))


def test_one_round_is_settled_one_announced_one_open(loaded):
    past, announced, open_ = Round.objects.order_by("pk")

    assert [past.status, announced.status, open_.status] == ["settled", "announced", "open"]
    assert counted(past) == {"travelled": 5, "no_show": 1, "declined": 1}
    kept = Duty.objects.filter(offer__round=past, offer__status="travelled").values_list("met", flat=True)
    assert Counter(kept)[False] >= 1 and Counter(kept)[None] == 0
    assert IssuedAccount.objects.filter(round=past).count() == 3
    assert not Nominee.objects.filter(application__round=past).exclude(name="").exists()
    offers = counted(announced)
    assert offers["accepted"] >= 3 and offers["offered"] >= 1 and offers["declined"] >= 1
    assert WaitingMove.objects.filter(round=announced, offer__isnull=False).exists()
    assert Application.objects.filter(round=announced).count() >= 18
    kinds = {one.kind for found in risks(announced, on=clock.now().date()).values() for one in found}
    assert {"visa_late", "passport_short"} <= kinds
    assert BankChange.objects.get().status == BankChangeStatus.PROPOSED
    draft = Application.objects.get(round=open_, state__iso3="LAO")
    assert (draft.status, set(draft.nominees.values_list("status", flat=True))) == ("draft", {NomineeStatus.NAMED})


def test_its_ledger_adds_up_to_nothing_in_each_currency(loaded):
    sums = dict(LedgerAccount.objects.values_list("currency").annotate(Sum("balance")))

    assert sums == {"NOK": Decimal(0), "EUR": Decimal(0)}
