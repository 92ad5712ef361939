"""What a report is made of on paper: plain data, ready for the template."""

from collections.abc import Iterator
from dataclasses import dataclass

from ccm_portal.core.pdf.texts import Cell, Text

MANY_COLUMNS = 7
FEW_ROWS = 8
LONG_ANSWER = 600


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A question and what was answered."""

    label: str
    text: Text

    @property
    def is_long(self) -> bool:
        """Whether it may run over from one page to the next."""
        return len(self.text) > LONG_ANSWER


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table; ``share`` is its width in hundredths."""

    label: str
    is_number: bool = False
    share: int = 0


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A photograph that stands in the document itself. ``words`` are for who cannot see it, and under it."""

    sha256: str
    words: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A file that goes with the report and is not in the document: named, so that it can be found and compared."""

    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Block:
    """One part of a form: sentences, questions with answers, or a table."""

    title: str
    sentences: tuple[Text, ...] = ()
    answers: tuple[Answer, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Text, ...], ...] = ()
    totals: tuple[Text, ...] = ()
    left_out: int = 0
    pictures: tuple[Picture, ...] = ()
    listed: tuple[Listed, ...] = ()

    @property
    def cells(self) -> Iterator[list[Cell]]:
        """The rows as the template draws them."""
        for row in self.rows:
            yield [Cell(text, column.is_number) for text, column in zip(row, self.columns, strict=True)]

    @property
    def total_cells(self) -> list[Cell]:
        """What the rows add up to, as the template draws it; the first names the line."""
        return [Cell(text, column.is_number) for text, column in zip(self.totals, self.columns, strict=False)]

    @property
    def is_short(self) -> bool:
        """Whether the table is better kept on one page."""
        return len(self.rows) <= FEW_ROWS

    @property
    def is_wide(self) -> bool:
        return len(self.columns) > MANY_COLUMNS


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form of the report: "Form B", or the header, which has no letter."""

    key: str
    letter: str
    title: str
    paragraphs: tuple[str, ...]
    standing: str = ""
    unchanged_since: str = ""
    sentence: str = ""
    blocks: tuple[Block, ...] = ()

    @property
    def starts_wide(self) -> bool:
        """Whether the heading would stand alone before a page of its own."""
        return bool(self.blocks) and self.blocks[0].is_wide


@dataclass(frozen=True, kw_only=True)
class Receipt:
    number: str
    hash: str
    address: str
    program: str

    @property
    def hash_in_groups(self) -> list[str]:
        """Eight characters at a time, to be read aloud or compared by eye."""
        return [self.hash[at : at + 8] for at in range(0, len(self.hash), 8)]


@dataclass(frozen=True, kw_only=True)
class Document:
    """The whole report for one audience."""

    language: str
    title: str
    state: str
    kind: str
    filed_at: str
    facts: tuple[Answer, ...]
    is_demonstration: bool
    audience: str
    data_file: str
    receipt: Receipt
    header: Form
    forms: tuple[Form, ...]
