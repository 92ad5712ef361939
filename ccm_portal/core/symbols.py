"""Symbols of papers: read, checked in words, put in order. Pure functions; the patterns are those of practice
(machinery.md 3.5: CCM/MSP/2025/1, CCM/MSP/2011/WP.3/Rev.1/Amend.1, CCM/CONF/2015/PM.1/2, CCM/MSP/2010/PM/10, CCM/77).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

LONGEST = 60
FIRST_YEAR, LAST_YEAR = 2008, 2100
SERIES = ("", "MSP", "CONF")  # the Dublin conference of 2008 counted its papers without a series
KINDS = ("", "WP", "INF", "CRP", "L")
CHANGES = ("Rev", "Add", "Corr", "Amend")
REVISION = "Rev"
_SIGNS = re.compile(r"[A-Za-z0-9./]+")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_WORDS = {word.casefold(): word for word in ("CCM", "PM", *SERIES[1:], *KINDS[1:], *CHANGES)}


class SymbolRefused(ValueError):
    """This is no symbol of a paper. The message says why and is fit to show the user."""


@dataclass(frozen=True)
class Symbol:
    """A symbol in its parts.

    ``series`` and ``year`` are empty for the conference of 2008. ``preparatory`` is ``None`` for a paper of the meeting
    itself, 0 for ``PM`` and n for ``PM.n``. ``changes`` are what stands behind the number: (("Rev", 1), ("Amend", 1)).
    """

    series: str
    year: int | None
    preparatory: int | None
    kind: str
    number: int
    changes: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        number = f"{self.kind}.{self.number}" if self.kind else str(self.number)
        return "/".join([self.stem, number, *(f"{word}.{count}" for word, count in self.changes)])

    @property
    def stem(self) -> str:
        """What all papers of its meeting begin with."""
        parts = ["CCM"]
        if self.series:
            parts += [self.series, str(self.year)]
        if self.preparatory is not None:
            parts.append(f"PM.{self.preparatory}" if self.preparatory else "PM")
        return "/".join(parts)

    @property
    def key(self) -> tuple[object, ...]:
        """To put papers in order: by meeting, then numbered papers before working papers, each by its number, every
        paper before what changes it."""
        return (
            SERIES.index(self.series),
            self.year or 0,
            -1 if self.preparatory is None else self.preparatory,
            KINDS.index(self.kind),
            self.number,
            tuple((CHANGES.index(word), count) for word, count in self.changes),
        )

    @property
    def base(self) -> "Symbol":
        """The paper itself, before every change."""
        return replace(self, changes=())

    @property
    def changed(self) -> "Symbol | None":
        """The paper that this one revises, adds to, corrects or amends; ``None`` for a paper of its own."""
        if not self.changes:
            return None
        *before, (word, count) = self.changes
        if word == REVISION and count > 1:
            before.append((word, count - 1))
        return replace(self, changes=tuple(before))

    @property
    def is_revision(self) -> bool:
        """Whether it takes the place of ``changed``, and does not only add to it."""
        return bool(self.changes) and self.changes[-1][0] == REVISION

    @property
    def next_revision(self) -> "Symbol":
        """…/Rev.1, or the number after where this is a revision itself."""
        if self.is_revision:
            return replace(self, changes=(*self.changes[:-1], (REVISION, self.changes[-1][1] + 1)))
        return replace(self, changes=(*self.changes, (REVISION, 1)))


def parse(text: str) -> Symbol:
    """Read a symbol as somebody wrote it; small letters and spaces around are forgiven.

    :raises SymbolRefused: with a sentence for what is wrong.
    """
    text = "".join(text.split())
    if not text:
        raise SymbolRefused(_("Write a symbol, such as CCM/MSP/2027/WP.1."))
    if len(text) > LONGEST:
        raise SymbolRefused(_("A symbol has at most %(limit)s signs.") % {"limit": LONGEST})
    if not _SIGNS.fullmatch(text):
        raise SymbolRefused(_("A symbol holds only Latin letters, digits, full stops and slashes."))
    parts = text.split("/")
    if "" in parts:
        raise SymbolRefused(_("In “%(symbol)s” nothing stands beside one of the slashes.") % {"symbol": text})
    if parts[0].casefold() != "ccm":
        raise SymbolRefused(_("A symbol begins with “CCM/”."))
    series, year, preparatory, rest = _meeting(parts[1:])
    if not rest:
        raise SymbolRefused(_("The number of the paper is missing at the end of “%(symbol)s”.") % {"symbol": text})
    word, number = _part(rest[0])
    if word in CHANGES:
        raise SymbolRefused(_("“%(part)s” changes a paper: the number of that paper comes first.") % {"part": rest[0]})
    if word not in KINDS:
        raise _unknown(rest[0])
    return Symbol(series, year, preparatory, word, number, _changes(rest[1:]))


def sort_key(text: str) -> tuple[object, ...]:
    """For lists: papers in the order of their symbols; what has none, or another sort, comes last."""
    try:
        return (0, parse(text).key)
    except SymbolRefused:
        return (1, text)


def next_free(stem: str, kind: str, taken: Iterable[str]) -> Symbol:
    """The symbol after the last of its kind that begins with ``stem``: CCM/MSP/2027 and WP give CCM/MSP/2027/WP.3 where
    WP.1 and WP.2 are taken. Numbers that were left out are not filled: somebody may have printed them.

    :raises SymbolRefused: if no symbol begins like that.
    """
    first = parse(f"{stem}/{kind}.1" if kind else f"{stem}/1")
    used = [0]
    for text in taken:
        try:
            one = parse(text)
        except SymbolRefused:
            continue
        if one.stem == first.stem and one.kind == first.kind:
            used.append(one.number)
    return replace(first, number=max(used) + 1)


def _meeting(parts: list[str]) -> tuple[str, int | None, int | None, list[str]]:
    """Series, year, preparatory meeting, and the parts behind them."""
    if not parts:
        raise SymbolRefused(_("After “CCM/” comes MSP or CONF, then the year."))
    if _is_number_part(parts[0]):
        return "", None, None, parts
    series = _WORDS.get(parts[0].casefold(), "")
    if series not in SERIES or not series:
        raise SymbolRefused(
            _("After “CCM/” comes MSP (Meetings of States Parties) or CONF (Review Conferences), not “%(part)s”.")
            % {"part": parts[0]}
        )
    if len(parts) < 2 or not re.fullmatch("[0-9]{4}", parts[1]):
        raise SymbolRefused(_("After “CCM/%(series)s/” comes the year in four digits.") % {"series": series})
    year = int(parts[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise SymbolRefused(_("%(year)s is no year of the Convention.") % {"year": parts[1]})
    rest = parts[2:]
    if rest and rest[0].casefold().partition(".")[0] == "pm":
        word, dot, count = rest[0].partition(".")
        if dot and not _NUMBER.fullmatch(count):
            raise _no_number(rest[0], word.upper())
        return series, year, int(count) if dot else 0, rest[1:]
    return series, year, None, rest


def _is_number_part(part: str) -> bool:
    return part.isdigit() or part.casefold().partition(".")[0] in {kind.casefold() for kind in KINDS[1:]}


def _part(part: str) -> tuple[str, int]:
    """ "WP.3" or "3" as its word and number."""
    if part.isdigit():
        if not _NUMBER.fullmatch(part):
            raise SymbolRefused(
                _("“%(part)s” is no number of a paper: they begin at 1, with no zero before them.") % {"part": part}
            )
        return "", int(part)
    found, dot, count = part.partition(".")
    word = _WORDS.get(found.casefold(), "")
    if word not in KINDS and word not in CHANGES or not word:
        raise _unknown(part)
    if not dot or not _NUMBER.fullmatch(count):
        raise _no_number(part, word)
    return word, int(count)


def _changes(parts: list[str]) -> tuple[tuple[str, int], ...]:
    changes: list[tuple[str, int]] = []
    for part in parts:
        word, count = _part(part)
        if word not in CHANGES:
            raise SymbolRefused(
                _("After the number of the paper come only Rev., Add., Corr. or Amend., not “%(part)s”.")
                % {"part": part}
            )
        if changes and changes[-1][0] == word:
            raise SymbolRefused(_("“%(word)s.” stands twice: one number says which it is.") % {"word": word})
        changes.append((word, count))
    return tuple(changes)


def _unknown(part: str) -> SymbolRefused:
    return SymbolRefused(
        _("“%(part)s” is unknown. A paper has a number, or WP., INF., CRP. or L. with a number.") % {"part": part}
    )


def _no_number(part: str, word: str) -> SymbolRefused:
    return SymbolRefused(
        _("In “%(part)s” a number follows “%(word)s.”: it begins at 1, with no zero before it.")
        % {"part": part, "word": word}
    )
