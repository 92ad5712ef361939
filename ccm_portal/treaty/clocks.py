"""Every clock of the Convention, as arithmetic that cites the article and gives its reason.

All clocks are date-only: the text knows no time zone and rolls nothing over a weekend. Each
function returns a :class:`Reasoned`, so that a date is never shown without why it is that date.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ccm_portal.treaty.arithmetic import add_months, add_years

THIRTIETH_DEPOSIT = date(2010, 2, 16)
"""Burkina Faso and the Republic of Moldova deposited on this day and brought the count to thirty."""

GENERAL_ENTRY_INTO_FORCE = date(2010, 8, 1)
"""First day of the sixth month after the month of the thirtieth deposit (Article 17(1))."""

MONTHS_TO_ENTRY_INTO_FORCE = 6
INITIAL_REPORT_DAYS = 180
ANNUAL_REPORT_MONTH, ANNUAL_REPORT_DAY = 4, 30
STOCKPILE_YEARS = 8
CLEARANCE_YEARS = 10
STOCKPILE_EXTENSION_YEARS = 4
CLEARANCE_EXTENSION_YEARS = 5
LODGING_MONTHS = 9
CLARIFICATION_DAYS = 28
AMENDMENT_DAYS = 90
WITHDRAWAL_MONTHS = 6
REVIEW_YEARS = 5


class Rule(StrEnum):
    """The name of a rule. Its sentence for readers is in ``ccm_portal.core.clock_sentences``."""

    FIRST_THIRTY = "first-thirty"
    SIXTH_MONTH = "sixth-month"
    INITIAL_REPORT = "initial-report"
    ANNUAL_REPORT = "annual-report"
    RETENTION_REPORT = "retention-report"
    STOCKPILE = "stockpile"
    CLEARANCE = "clearance"
    NEW_CLEARANCE = "new-clearance"
    STOCKPILE_EXTENSION = "stockpile-extension"
    CLEARANCE_EXTENSION = "clearance-extension"
    LODGING = "extension-lodging"
    DECLARATION = "completion-declaration"
    CLARIFICATION = "clarification-reply"
    AMENDMENT = "amendment-support"
    WITHDRAWAL = "withdrawal"
    WITHDRAWAL_HELD = "withdrawal-after-conflict"
    REVIEW_CONFERENCE = "review-conference"


class Obligation(StrEnum):
    """The two obligations that have a deadline which a meeting may extend."""

    STOCKPILE = "art3"
    CLEARANCE = "art4"


class FirstAnnual(StrEnum):
    """OPEN: when the first annual report after an initial report falls due.

    The text does not say. ``YEAR_AFTER_INITIAL`` is the default until UNODA or the ISO rules:
    the first annual report is due on the 30 April of the year after the one in which the initial
    report fell due. ``NEXT_30_APRIL`` is the other reading: the first 30 April that comes after
    the initial report's due date.
    """

    YEAR_AFTER_INITIAL = "year-after-initial"
    NEXT_30_APRIL = "next-30-april"


@dataclass(frozen=True)
class Reasoned:
    """A day, the rule that gives it, the article it stands in and the day it is counted from."""

    day: date
    rule: str
    article: str
    start: date


@dataclass(frozen=True)
class ArmedConflict:
    """An armed conflict in which a withdrawing State is engaged; ``ended`` is None while it lasts."""

    began: date
    ended: date | None = None


def entry_into_force(*, deposited: date) -> Reasoned:
    """When the Convention enters into force for the State that deposited on ``deposited``.

    The first thirty instruments share the day of general entry into force. For every later one it
    is the first day of the sixth month after the month of deposit, whatever the day of the month.
    """
    if deposited <= THIRTIETH_DEPOSIT:
        return Reasoned(GENERAL_ENTRY_INTO_FORCE, Rule.FIRST_THIRTY, "17(1)", THIRTIETH_DEPOSIT)
    day = add_months(deposited.replace(day=1), MONTHS_TO_ENTRY_INTO_FORCE)
    return Reasoned(day, Rule.SIXTH_MONTH, "17(2)", deposited)


def initial_report_due(*, entry_into_force: date) -> Reasoned:
    """180 calendar days after entry into force, which is day 0 (Article 7(1))."""
    day = entry_into_force + timedelta(days=INITIAL_REPORT_DAYS)
    return Reasoned(day, Rule.INITIAL_REPORT, "7(1)", entry_into_force)


def annual_report_due(*, year: int) -> Reasoned:
    """The report covering the calendar year ``year``: 30 April of the next (Article 7(2))."""
    return Reasoned(_thirty_april(year + 1), Rule.ANNUAL_REPORT, "7(2)", date(year, 1, 1))


def retention_report_due(*, year: int) -> Reasoned:
    """The report on munitions retained, acquired or transferred in ``year`` (Article 3(8))."""
    return Reasoned(_thirty_april(year + 1), Rule.RETENTION_REPORT, "3(8)", date(year, 1, 1))


def first_annual_year(*, entry_into_force: date, reading: FirstAnnual = FirstAnnual.YEAR_AFTER_INITIAL) -> int:
    """The first calendar year that an annual report must cover. See :class:`FirstAnnual`."""
    initial = initial_report_due(entry_into_force=entry_into_force).day
    if reading is FirstAnnual.NEXT_30_APRIL and initial < _thirty_april(initial.year):
        return initial.year - 1
    return initial.year


def stockpile_deadline(*, entry_into_force: date) -> Reasoned:
    """Destruction of all stocks: eight years after entry into force (Article 3(2))."""
    day = add_years(entry_into_force, STOCKPILE_YEARS)
    return Reasoned(day, Rule.STOCKPILE, "3(2)", entry_into_force)


def clearance_deadline(*, entry_into_force: date) -> Reasoned:
    """Clearance of what was there at entry into force: ten years (Article 4(1)(a))."""
    day = add_years(entry_into_force, CLEARANCE_YEARS)
    return Reasoned(day, Rule.CLEARANCE, "4(1)(a)", entry_into_force)


def new_clearance_deadline(*, hostilities_ended: date) -> Reasoned:
    """Clearance of what came later: ten years after those hostilities ended (Article 4(1)(b)).

    Each conflict starts a clock of its own, so one State may have several.
    """
    day = add_years(hostilities_ended, CLEARANCE_YEARS)
    return Reasoned(day, Rule.NEW_CLEARANCE, "4(1)(b)", hostilities_ended)


def extension_limit(*, deadline: date, obligation: Obligation) -> Reasoned:
    """The latest day one extension can reach: four years for stocks, five for clearance.

    OPEN: requests on an Article 4(1)(b) clock are treated like those on 4(1)(a); Article 4(6)
    speaks of both although 4(5) speaks of ten years from entry into force only. A meeting may
    grant less, in months or days, so what was granted is always kept as a date.
    """
    if obligation is Obligation.STOCKPILE:
        day = add_years(deadline, STOCKPILE_EXTENSION_YEARS)
        return Reasoned(day, Rule.STOCKPILE_EXTENSION, "3(3)", deadline)
    day = add_years(deadline, CLEARANCE_EXTENSION_YEARS)
    return Reasoned(day, Rule.CLEARANCE_EXTENSION, "4(5)", deadline)


def deciding_meeting(*, deadline: date, openings: Iterable[date]) -> date | None:
    """The meeting that decides an extension of ``deadline``: the last that opens on or before it.

    ``openings`` are the opening days of Meetings of States Parties and Review Conferences.
    None if no such meeting is known. Ask again when meeting dates move.
    """
    return max((opens for opens in openings if opens <= deadline), default=None)


def extension_lodging(*, meeting_opens: date, obligation: Obligation | None = None) -> Reasoned:
    """By when a request must be lodged: nine months before the meeting (Articles 3(5), 4(6)).

    Practice is lax and the text names no consequence: the date warns, it never blocks.
    """
    articles = {Obligation.STOCKPILE: "3(5)", Obligation.CLEARANCE: "4(6)", None: "3(5) or 4(6)"}
    day = add_months(meeting_opens, -LODGING_MONTHS)
    return Reasoned(day, Rule.LODGING, articles[obligation], meeting_opens)


def completion_declaration(*, completed: date, openings: Iterable[date]) -> Reasoned | None:
    """The meeting to which completed clearance is declared: the next one (Article 4(1)(c)).

    OPEN: the text says "next Meeting of States Parties". Pass the opening days of all formal
    meetings to let a Review Conference count (the default of the portal), of Meetings of States
    Parties alone to keep to the letter. None if no later meeting is known.
    """
    opens = min((opens for opens in openings if opens >= completed), default=None)
    if opens is None:
        return None
    return Reasoned(opens, Rule.DECLARATION, "4(1)(c)", completed)


def clarification_reply(*, received: date) -> Reasoned:
    """The reply to a Request for Clarification: 28 calendar days (Article 8(2)).

    OPEN: the text counts from when the requested State "receives" the request and names no act.
    Pass the day of receipt, not the day it was lodged or transmitted.
    """
    day = received + timedelta(days=CLARIFICATION_DAYS)
    return Reasoned(day, Rule.CLARIFICATION, "8(2)", received)


def amendment_support(*, circulated: date) -> Reasoned:
    """By when a majority must support an amendment conference: 90 days (Article 13(1))."""
    day = circulated + timedelta(days=AMENDMENT_DAYS)
    return Reasoned(day, Rule.AMENDMENT, "13(1)", circulated)


def withdrawal_effective(*, received: date, conflicts: Iterable[ArmedConflict] = ()) -> Reasoned | None:
    """When a withdrawal takes effect: six months after receipt by the Depositary (Article 20(3)).

    If the State is engaged in an armed conflict on that day, not before the conflict ends; None
    while it has not ended. ``conflicts`` are those in which the State is engaged.
    """
    day = add_months(received, WITHDRAWAL_MONTHS)
    ends = [c.ended for c in conflicts if c.began <= day and (c.ended is None or c.ended > day)]
    if not ends:
        return Reasoned(day, Rule.WITHDRAWAL, "20(3)", received)
    known = [ended for ended in ends if ended is not None]
    if len(known) < len(ends):
        return None
    return Reasoned(max(known), Rule.WITHDRAWAL_HELD, "20(3)", received)


def next_review_conference(*, previous: date) -> Reasoned:
    """The earliest day of the next Review Conference: five years after the last (Article 12(1))."""
    day = add_years(previous, REVIEW_YEARS)
    return Reasoned(day, Rule.REVIEW_CONFERENCE, "12(1)", previous)


def _thirty_april(year: int) -> date:
    return date(year, ANNUAL_REPORT_MONTH, ANNUAL_REPORT_DAY)
