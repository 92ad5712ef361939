"""What is wrong with a report, in sentences. Some problems block filing; warnings never do.

Every check is a named function in one of the modules here; the list is public. Sentences are in the active language.
A check is silent where an answer is missing or unknown: it points at what contradicts itself, not at holes.
"""

from reporting.form.checks import areas, arithmetic, dates, required, retention, stocks, year_on_year
from reporting.form.checks.rules import (
    BLOCKS,
    CHECKS,
    GROUPS,
    WARNS,
    Check,
    Problem,
    ReportFacts,
    blocking,
    problems,
)

# Importing them puts their checks on the list.
MODULES = (required, arithmetic, stocks, areas, year_on_year, retention, dates)

__all__ = ["BLOCKS", "CHECKS", "GROUPS", "MODULES", "WARNS", "Check", "Problem", "ReportFacts", "blocking", "problems"]
