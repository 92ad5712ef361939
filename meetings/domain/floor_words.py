"""Minutes and languages in words. Pure functions."""

import re

from ccm_portal.core import writing

# Where the tables of Babel call a language of the portal by another code.
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


def languages() -> list[tuple[str, str]]:
    """Every language of the world that has a name in the reader's: the six first, the others by name."""
    known = {code for code in map(str, writing.locale().languages) if CODE.fullmatch(code)} - {
        IN_BABEL.get(c, c) for c in FIRST
    }
    others = sorted(((code, writing.language_name(code)) for code in known), key=lambda one: one[1].casefold())
    return [*((code, writing.language_name(code)) for code in FIRST), *others]
