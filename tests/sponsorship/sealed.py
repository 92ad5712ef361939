"""Sealed data as tests write them. Every value that must not be met elsewhere holds the canary or is one."""

from datetime import date

from meetings.models import Meeting
from sponsorship.domain import sealing
from sponsorship.enums import SealedKind
from tests.factories import state
from tests.sponsorship.factories import AT, a_round, an_application

CANARY = "CANARY-S3"
PASSPORT = {
    "number": "CANARYS3P4711",
    "issuing": "LAO",
    "valid_from": "2021-03-01",
    "valid_until": "2031-02-28",
    "name": f"{CANARY} DELEGATE (DEMONSTRATION)",
}
BANK = {
    "holder": f"{CANARY} holder",
    "bank": "A bank (demonstration)",
    "account": "CH9300762011623852957",  # the example of ISO 13616: it adds up
    "bic": "",
    "address": "",
}
HEALTH = {"needs": f"{CANARY} wheelchair"}
OTHER_BANK = BANK | {"account": "DE89370400440532013000", "bank": f"{CANARY} bank"}
SCAN = b"%PDF-1.7\n% CANARY-S3-scan\n"
VALUES = {SealedKind.PASSPORT: PASSPORT, SealedKind.BANK: BANK, SealedKind.HEALTH: HEALTH}
# What no dump, no file, no register, no mail may hold.
NEEDLES = (CANARY, "CANARYS3P4711", "CH9300762011623852957", "DE89370400440532013000", "wheelchair")


def a_sealed_person():
    """Somebody of Lao PDR, nominated for a meeting in 2027, with a passport, an account and needs."""
    meeting = Meeting.objects.create(
        key="14msp", kind="msp", ordinal=14, year=2027, starts=date(2027, 9, 6), ends=date(2027, 9, 9), changed_at=AT
    )
    nominee = an_application(a_round(meeting), state("LAO")).nominees.get()
    for kind, values in VALUES.items():
        sealing.write(nominee, kind, values, by=None, at=AT, seen=0)
    return nominee
