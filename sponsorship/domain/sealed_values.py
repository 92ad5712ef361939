"""What is asked of a passport, a bank account, and needs of health and access; and how it is checked, in words."""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ccm_portal.core.models import State
from committees.domain.said import WorkRefused
from sponsorship.enums import SealedKind

# What a record of each kind holds; all are texts, days as YYYY-MM-DD.
FIELDS: dict[str, tuple[str, ...]] = {
    SealedKind.PASSPORT: ("number", "issuing", "valid_from", "valid_until", "name"),
    SealedKind.BANK: ("holder", "bank", "account", "bic", "address"),
    SealedKind.HEALTH: ("needs",),
}
NEEDED: dict[str, tuple[str, ...]] = {
    SealedKind.PASSPORT: ("number", "issuing", "valid_until", "name"),
    SealedKind.BANK: ("holder", "bank", "account"),
    SealedKind.HEALTH: (),  # nothing said means: no needs
}
DAYS = ("valid_from", "valid_until")
LONG = {"needs": 2000, "address": 300}
SHORT = 160  # characters of all others
LONGEST_VALIDITY = 20  # years; no State issues a passport for longer

_PASSPORT_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9 /-]{3,19}")
_ACCOUNT = re.compile(r"[A-Z0-9]{4,34}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")


class ValuesRefused(WorkRefused):
    """Something is missing or wrong. ``faults`` has a sentence for each field."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def checked(kind: str, values: dict[str, Any], *, on: date | None = None) -> dict[str, str]:
    """The values as they are kept: only the fields of the kind, tidy. A passport has to be valid ``on`` that day.

    :raises ValuesRefused: with a sentence for each field that is missing or wrong.
    """
    found = {name: _text(values.get(name)) for name in FIELDS[kind]}
    for name in ("number", "account", "bic"):
        if name in found:
            found[name] = found[name].upper()
    for name in ("account", "bic"):
        if name in found:
            found[name] = re.sub(r"[\s./-]", "", found[name])
    faults = {name: _("This field is required.") for name in NEEDED[kind] if not found[name]}
    faults |= {name: _("This is too long.") for name, text in found.items() if len(text) > LONG.get(name, SHORT)}
    asked = {SealedKind.PASSPORT: _passport, SealedKind.BANK: _bank}.get(SealedKind(kind))
    if asked:
        faults = asked({name: text for name, text in found.items() if text and name not in faults}, on) | faults
    if faults:
        raise ValuesRefused(faults)
    return found


def is_iban(account: str) -> bool:
    """Whether it looks like one; other accounts have no check digits that every bank shares."""
    return bool(_IBAN.fullmatch(account))


def iban_adds_up(iban: str) -> bool:
    """The check digits of ISO 13616: what remains of the number, with its head at the end, divided by 97 is 1."""
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value if value is not None else "").replace("\x00", "").replace("\r\n", "\n").strip()


def _passport(found: dict[str, str], on: date | None) -> dict[str, str]:
    faults = {}
    if "number" in found and not _PASSPORT_NUMBER.fullmatch(found["number"]):
        faults["number"] = _("Write the number as it stands in the passport: letters and digits.")
    if "issuing" in found and not State.objects.filter(iso3=found["issuing"]).exists():
        faults["issuing"] = _("There is no such State.")
    days: dict[str, date] = {}
    for name in DAYS:
        if name in found:
            try:
                days[name] = date.fromisoformat(found[name])
            except ValueError:
                faults[name] = _("Write a day.")
    begins, ends = days.get("valid_from"), days.get("valid_until")
    if begins and ends and ends <= begins:
        faults["valid_until"] = _("The end must lie after the beginning.")
    elif begins and ends and ends.year - begins.year > LONGEST_VALIDITY:
        faults["valid_until"] = _("No passport is valid for so long: compare the years.")
    elif ends and on and ends < on:
        faults["valid_until"] = _("This passport is no longer valid.")
    return faults


def _bank(found: dict[str, str], _on: date | None) -> dict[str, str]:
    faults = {}
    account = found.get("account", "")
    if account and not _ACCOUNT.fullmatch(account):
        faults["account"] = _("Write the IBAN or the number of the account: letters and digits.")
    elif is_iban(account) and not iban_adds_up(account):
        faults["account"] = _(
            "This IBAN does not add up: a sign is wrong or missing. Compare it with the bank's paper."
        )
    if "bic" in found and not _BIC.fullmatch(found["bic"]):
        faults["bic"] = _("A BIC has 8 or 11 letters and digits.")
    return faults
