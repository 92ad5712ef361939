"""How much of a report is set in full. What goes beyond stands in the attached data, and the document says so.

Measured: a cell of a table costs about a millisecond of processor time and 30 kB of memory, a letter of running text
about 20 microseconds. The renderer has 30 seconds and 512 MB.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reporting.form.sentences import Presented

FEWEST_ROWS = 5
SHORTEST_TEXT = 200


@dataclass(frozen=True)
class Limits:
    """At most so many rows of each table, so many letters of each text."""

    rows: int
    letters: int


@dataclass(frozen=True)
class Budget:
    """What one attempt may cost."""

    cells: int = 6_000
    letters: int = 250_000

    def for_attempt(self, attempt: int) -> "Budget":
        """A renderer that ran into its limits is asked for less the next time."""
        return Budget(self.cells // 4 ** (attempt - 1), self.letters // 4 ** (attempt - 1))

    def limits(self, sections: Iterable[Presented]) -> Limits:
        """The same limits for every table and every text, so that no part pays for another."""
        blocks = [block for section in sections for block in section.blocks]
        tables = [(len(block.rows), len(block.columns)) for block in blocks if block.rows]
        rows = _largest(
            max([count for count, _ in tables] or [FEWEST_ROWS]),
            FEWEST_ROWS,
            lambda limit: sum(min(count, limit) * columns for count, columns in tables) <= self.cells,
        )
        lengths = [len(entry.text) for block in blocks for entry in block.entries] + [
            len(cell) for block in blocks for row in block.rows[:rows] for cell in row.cells
        ]
        letters = _largest(
            max([*lengths, SHORTEST_TEXT]),
            SHORTEST_TEXT,
            lambda limit: sum(min(length, limit) for length in lengths) <= self.letters,
        )
        return Limits(rows, letters)


def _largest(most: int, least: int, fits: Callable[[int], bool]) -> int:
    """The largest limit that fits, coming down from the most."""
    limit = max(most, least)
    while limit > least and not fits(limit):
        limit = max(least, limit * 3 // 4)
    return limit
