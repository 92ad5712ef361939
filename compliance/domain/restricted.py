"""The words of a case that no report may hold, and whether a text holds one.

A word counts however it is written: accents, case, hyphens and what cannot be seen make no difference.
"""

import re
import unicodedata
from collections.abc import Iterable

from compliance.enums import EntryReaders, Protection
from compliance.models import CaseEntry, CaseFile, CaseSource, ComplianceCase

SHORTEST = 3  # in letters; what is shorter says nothing by itself
WHOLE_BELOW = 5  # a short word counts where it stands alone: "Ali" is not in "Australia"


def restricted_in(cases: Iterable[ComplianceCase]) -> list[str]:
    """What no report may hold of these cases: the sources that may not be named and where they can be read, with whom
    was spoken in what not everybody named reads, the titles of files, and the words set down in the cases themselves.
    The names of their States may stand.

    As many queries for one case as for all. Asked inside the fence, for somebody named in them.
    """
    rows = list(cases)
    found = {word for case in rows for word in case.restricted_words}
    for source in CaseSource.objects.filter(case__in=rows).exclude(protection=Protection.OPEN):
        found |= {source.name, source.reference}
    whom = CaseEntry.objects.filter(case__in=rows).exclude(readers=EntryReaders.ALL).values_list("with_whom", flat=True)
    for several in whom:
        found |= {several, *re.split(r"[,;\n()،؛、]", several)}
    found |= set(CaseFile.objects.filter(entry__case__in=rows).values_list("title", flat=True))
    states = {_plain(case.state.name) for case in rows}
    cleaned = {word.strip() for word in found}
    return sorted(word for word in cleaned if len(_plain(word)) >= SHORTEST and _plain(word) not in states)


def held_word(text: str, words: Iterable[str]) -> str:
    """The first of the words that the text holds; empty if it holds none."""
    plain = f" {_plain(text)} "
    for word in words:
        sought = _plain(word)
        if sought and (f" {sought} " if len(sought) < WHOLE_BELOW else sought) in plain:
            return word
    return ""


def _plain(text: str) -> str:
    """Small letters and digits with single spaces between; nothing else."""
    letters = []
    for sign in unicodedata.normalize("NFKD", text.casefold()):
        kind = unicodedata.category(sign)
        if kind[0] in "LN":
            letters.append(sign)
        elif kind not in ("Mn", "Cf", "Cc") or sign in "\n\t\r":
            letters.append(" ")
    return " ".join("".join(letters).split())
