"""Minutes and languages in words. Pure functions."""

import re

from babel.core import UnknownLocaleError

from ccm_portal.core import writing

# The six languages of the portal, by the names that Babel's tables give them.
IN_BABEL = {"zh-hans": "zh"}
CODE = re.compile(r"[a-z]{2,3}")
FIRST = ("ar", "zh-hans", "en", "fr", "ru", "es")
_TYPED = re.compile(r"\s*(\d{1,3})(?:[:.](\d{1,2}))?\s*")


def clock_text(seconds: int) -> str:
    """4:05; 1:02:00 from an hour on."""
    minutes, rest = divmod(seconds, 60)
    hours, left = divmod(minutes, 60)
    return f"{hours}:{left:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def seconds_from(text: str) -> int | None:
    """What somebody typed as minutes, "4" or "4:30", in seconds; ``None`` for anything else."""
    found = _TYPED.fullmatch(text)
    if found is None or int(found[2] or 0) > 59:
        return None
    return int(found[1]) * 60 + int(found[2] or 0)


def language_name(code: str) -> str:
    """The name of a language in the reader's own; its code where the tables do not know it."""
    try:
        return str(writing.locale().languages.get(IN_BABEL.get(code, code), code))
    except UnknownLocaleError:
        return code


def languages() -> list[tuple[str, str]]:
    """Every language of the world that has a name in the reader's: the six first, the others by name."""
    known = {code for code in map(str, writing.locale().languages) if CODE.fullmatch(code)} - {
        IN_BABEL.get(c, c) for c in FIRST
    }
    others = sorted(((code, language_name(code)) for code in known), key=lambda one: one[1].casefold())
    return [*((code, language_name(code)) for code in FIRST), *others]
