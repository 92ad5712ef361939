"""What a State is to the Convention on a day, and which annual reports it owes."""

from datetime import date
from enum import StrEnum

from ccm_portal.treaty.clocks import FirstAnnual, annual_report_due, first_annual_year


class Status(StrEnum):
    STATE_PARTY = "state_party"
    SIGNATORY = "signatory"
    NON_PARTY = "non_party"
    WITHDRAWN = "withdrawn"


def treaty_status(
    *,
    on: date,
    signed: date | None,
    deposited: date | None,
    entry_into_force: date | None,
    withdrawn_effective: date | None = None,
) -> Status:
    """What the State is on the day ``on``, from the dates the Depositary keeps.

    A State is a Party from the day the Convention is in force for it, not from its deposit: only
    then is it bound and has a vote. Between the two it stays what it was. A State that has
    withdrawn is no longer counted as a signatory either.
    """
    if withdrawn_effective and withdrawn_effective <= on:
        return Status.WITHDRAWN
    if deposited and entry_into_force and entry_into_force <= on:
        return Status.STATE_PARTY
    if signed and signed <= on:
        return Status.SIGNATORY
    return Status.NON_PARTY


def bound_on(*, day: date, entry_into_force: date | None, withdrawn_effective: date | None = None) -> bool:
    """Whether the Convention binds the State on ``day``.

    OPEN: the duties of a State that withdraws stop at the effective date, so what falls due on
    that day or later is not owed.
    """
    if entry_into_force is None or day < entry_into_force:
        return False
    return withdrawn_effective is None or day < withdrawn_effective


def annual_reports_owed(
    *,
    entry_into_force: date,
    withdrawn_effective: date | None = None,
    on: date,
    first_year: int | None = None,
    reading: FirstAnnual = FirstAnnual.YEAR_AFTER_INITIAL,
) -> list[int]:
    """The calendar years, oldest first, whose annual report is owed or was owed on ``on``.

    A year's report is owed once the year is over, and falls due on the next 30 April (Article
    7(2)); a report that falls due when the State is no longer bound is not owed.

    :param first_year: the first year to be covered, where a ruling for this State says so.
    """
    first = first_year or first_annual_year(entry_into_force=entry_into_force, reading=reading)
    return [
        year
        for year in range(first, on.year)
        if bound_on(
            day=annual_report_due(year=year).day,
            entry_into_force=entry_into_force,
            withdrawn_effective=withdrawn_effective,
        )
    ]
