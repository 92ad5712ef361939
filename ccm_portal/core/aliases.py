"""What else people call a State: short, former and everyday names, from ``reference/aliases.csv``. For finding only."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "reference" / "aliases.csv"


@dataclass(frozen=True)
class Alias:
    """One other name of one State, and the form it is compared in."""

    iso3: str
    name: str
    folded: str


def fold(text: str) -> str:
    """Letters and figures only, without case or accents; points within an abbreviation go: U.K. is UK."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", re.sub(r"(?<=\w)\.(?=\w\b)|(?<=\b\w)\.", "", plain)).strip()


def exactly(words: str) -> list[Alias]:
    """The aliases that are these words."""
    folded = fold(words)
    return [alias for alias in _aliases() if alias.folded == folded]


def beginning(words: str) -> list[Alias]:
    """The aliases in which a word begins so."""
    folded = fold(words)
    return [alias for alias in _aliases() if f" {alias.folded}".find(f" {folded}") >= 0] if folded else []


@cache
def _aliases() -> tuple[Alias, ...]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(Alias(row["iso3"], row["alias"], fold(row["alias"])) for row in csv.DictReader(lines))
