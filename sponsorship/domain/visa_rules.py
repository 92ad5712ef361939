"""What host countries ask for before they give a visa, as far as it is known with its source."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ccm_portal.core.models import State
from meetings.models import Meeting

FILE = Path(__file__).parents[1] / "reference" / "visa_rules.csv"
USUAL_LEAD = 30  # days, where nothing is known of a host country
USUAL_PASSPORT_MONTHS = 3


@dataclass(frozen=True)
class VisaRule:
    """Of one host country. ``lead_days`` is what to plan with: the longest that a visa takes, and some to spare."""

    host: str  # ISO 3166, three letters
    scheme: str  # "schengen"
    earliest_months: int  # before the journey; nobody may apply earlier
    latest_days: int  # before the journey; as a rule, nobody may apply later
    usual_days: int  # that a decision takes
    longest_days: int  # that it may take
    passport_months: int  # that a passport has to be valid after the journey
    lead_days: int
    source: str


@cache
def _rules() -> dict[str, VisaRule]:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    numbers = ("earliest_months", "latest_days", "usual_days", "longest_days", "passport_months", "lead_days")
    words = ("host", "scheme", "source")
    return {
        row["host"]: VisaRule(
            **{name: row[name] for name in words},  # type: ignore[arg-type]
            **{name: int(row[name]) for name in numbers},  # type: ignore[arg-type]
        )
        for row in rows
    }


def rule_of(host: State | None) -> VisaRule | None:
    """The rule of a host country; nothing where none is known."""
    return _rules().get(host.iso3) if host else None


def host_of(meeting: Meeting) -> State | None:
    """The State in which the meeting begins, from ``parts`` with ``host`` if they were fetched before."""
    parts = sorted(meeting.parts.all(), key=lambda part: part.number)
    return next((part.host for part in parts if part.host), None)


def city_of(meeting: Meeting) -> str:
    """The city in which the meeting begins; empty where it is not known."""
    parts = sorted(meeting.parts.all(), key=lambda part: part.number)
    return next((part.city for part in parts if part.city), "")


def suggested(meeting: Meeting) -> tuple[int, int]:
    """Days for a visa and months of a passport with which a round of this meeting begins."""
    rule = rule_of(host_of(meeting))
    return (rule.lead_days, rule.passport_months) if rule else (USUAL_LEAD, USUAL_PASSPORT_MONTHS)
