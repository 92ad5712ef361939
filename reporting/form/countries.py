"""Names of States for reading and showing answers: from the reference data, and by whatever else people call them."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.core import get_global

from reporting.form.common import LANGUAGES
from reporting.form.values.vocabulary import fold

_COLUMNS = {"en": "name_en", "fr": "name_fr", "es": "name_es", "ru": "name_ru", "ar": "name_ar", "zh-hans": "name_zh"}
_LOCALES = {"zh-hans": "zh_Hans"}
_FORMER = {"BUR", "ZAR", "DDR", "FXX", "TMP", "YMD"}


def name(iso3: str, language: str) -> str:
    """The name of a State in that language; its letters if it has none."""
    names = _states().get(iso3, {})
    return names.get(language) or names.get("en") or _locale_names(language).get(iso3) or iso3


def find(folded: str) -> str | None:
    """The three letters of a State from its letters or any of its names (folded)."""
    return _by_name().get(folded)


@cache
def _states() -> dict[str, dict[str, str]]:
    """iso3 -> language -> name, as the reference data has it."""
    with (files("ccm_portal.core") / "reference" / "states.csv").open(encoding="utf-8") as lines:
        return {
            row["iso3"]: {language: row[column].strip() for language, column in _COLUMNS.items()}
            for row in csv.DictReader(lines)
        }


@cache
def _by_name() -> dict[str, str]:
    states = _states()
    found = {fold(called): iso3 for iso3, names in states.items() for called in (iso3, *names.values()) if called}
    for language in LANGUAGES:
        for iso3, called in _locale_names(language).items():
            if iso3 in states:
                found.setdefault(fold(called), iso3)
    return found


@cache
def _locale_names(language: str) -> dict[str, str]:
    """Names from locale data (CLDR), which often has the short ones: "Laos"."""
    territories = Locale.parse(_LOCALES.get(language, language)).territories
    return {alpha3: str(territories[alpha2]) for alpha3, alpha2 in _alpha3().items() if alpha2 in territories}


@cache
def _alpha3() -> dict[str, str]:
    return {
        alpha3: targets[0]
        for alpha3, targets in get_global("territory_aliases").items()
        if len(alpha3) == 3 and alpha3.isalpha() and len(targets) == 1 and alpha3 not in _FORMER
    }
