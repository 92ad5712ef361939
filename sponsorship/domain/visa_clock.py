"""The days by which a visa has to be asked for and given, counted back from the journey."""

from dataclasses import dataclass
from datetime import date, timedelta

from ccm_portal.treaty.arithmetic import add_months
from meetings.models import Meeting, NeighbourMeeting
from sponsorship.domain.visa_rules import VisaRule, host_of, rule_of
from sponsorship.enums import VisaStatus
from sponsorship.models import Round, TravelFile

LETTER_DAYS = 14  # before the day to apply: the letter of invitation goes with the application
ANSWER_DAYS = 10  # before the journey: by then a visa should be there
# Where a visa is still a question.
OPEN_VISAS = (VisaStatus.UNKNOWN, VisaStatus.TO_APPLY, VisaStatus.APPLIED, VisaStatus.REFUSED)
NOT_APPLIED = (VisaStatus.UNKNOWN, VisaStatus.TO_APPLY)


@dataclass(frozen=True, kw_only=True)
class VisaClock:
    """The days of one journey. ``opens`` and ``closes`` are the host country's, where its rule is known."""

    starts: date  # of the journey
    letter_by: date
    opens: date | None
    apply_by: date
    closes: date | None
    answer_by: date
    rule: VisaRule | None


def journey(travel: TravelFile, round: Round) -> tuple[date, date]:
    """First and last day of the journey: as noted, else the days of the meeting (and of the neighbour's that shares
    the journey) with one to travel on either side."""
    meetings: list[Meeting | NeighbourMeeting] = [round.meeting]
    if round.shared_with:
        meetings.append(round.shared_with)
    starts = travel.arrives or min(one.starts for one in meetings) - timedelta(days=1)
    ends = travel.departs or max(one.ends for one in meetings) + timedelta(days=1)
    return starts, max(starts, ends)


def visa_clock(travel: TravelFile, round: Round) -> VisaClock:
    """Counted with the round's days for a visa, and never later than the host country takes applications."""
    starts, _ends = journey(travel, round)
    rule = rule_of(host_of(round.meeting))
    closes = starts - timedelta(days=rule.latest_days) if rule else None
    apply_by = starts - timedelta(days=round.visa_days)
    apply_by = min(apply_by, closes) if closes else apply_by
    return VisaClock(
        starts=starts,
        letter_by=apply_by - timedelta(days=LETTER_DAYS),
        opens=add_months(starts, -rule.earliest_months) if rule else None,
        apply_by=apply_by,
        closes=closes,
        answer_by=starts - timedelta(days=ANSWER_DAYS),
        rule=rule,
    )
