"""Names of States for reading and showing answers.

The portal's reference data is the authority: whoever has it registers it here once, at start-up. Locale data (CLDR)
gives further names by which people may call the same State, and everything when nothing is registered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from babel import Locale
from babel.core import get_global

from reporting.form.common import LANGUAGES
from reporting.form.values.vocabulary import fold

Names = Mapping[str, Mapping[str, str]]  # iso3 -> language -> name

_LOCALES = {"zh-hans": "zh_Hans"}
_FORMER = {"BUR", "ZAR", "DDR", "FXX", "TMP", "YMD"}

_sources: list[Callable[[], Names]] = []


def register_names(source: Callable[[], Names]) -> None:
    """Use these States and names, of the reference data, from now on."""
    _sources[:] = [source]
    _registered.cache_clear()
    _by_name.cache_clear()


def name(iso3: str, language: str) -> str:
    """The name of a State in that language; its letters if it has none."""
    names = _registered().get(iso3, {})
    return names.get(language) or names.get("en") or _locale_names(language).get(iso3) or iso3


def find(folded: str) -> str | None:
    """The three letters of a State from its letters or any of its names (folded)."""
    return _by_name().get(folded)


@cache
def _registered() -> Names:
    return _sources[0]() if _sources else {}


@cache
def _by_name() -> dict[str, str]:
    known = _registered() or _alpha3()
    found = {fold(iso3): iso3 for iso3 in known}
    for language in LANGUAGES:
        for iso3, called in _locale_names(language).items():
            if iso3 in known:
                found.setdefault(fold(called), iso3)
    for iso3, names in _registered().items():
        for called in names.values():
            if called:
                found[fold(called)] = iso3
    return found


@cache
def _alpha3() -> dict[str, str]:
    return {
        alpha3: targets[0]
        for alpha3, targets in get_global("territory_aliases").items()
        if len(alpha3) == 3 and alpha3.isalpha() and len(targets) == 1 and alpha3 not in _FORMER
    }


@cache
def _locale_names(language: str) -> dict[str, str]:
    territories = Locale.parse(_LOCALES.get(language, language)).territories
    return {alpha3: str(territories[alpha2]) for alpha3, alpha2 in _alpha3().items() if alpha2 in territories}
