"""Offices that own what is to be done: kept by name, shown in the reader's language."""

from django.utils.translation import gettext as _

PRESIDENT, ISO = "President", "ISO"


def in_words(name: str) -> str:
    """The office in the reader's language; other names as they are."""
    return {PRESIDENT.casefold(): _("President"), ISO.casefold(): _("ISO")}.get(name.casefold(), name)


def choices() -> list[tuple[str, str]]:
    return [(name, in_words(name)) for name in (PRESIDENT, ISO)]
