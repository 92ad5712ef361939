"""A year of reminders, gone through again day by day without sending any: how many, to whom, and whether it adds up."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from ccm_portal.core import reminders


@dataclass
class Year:
    """What the year's ladder comes to, with the accounts, dates and reports that are known now.

    ``sent``: (rung, role, language) → how many; ``keys``: what makes each of them one; ``held``: reminders that a pause
    held back at some time; ``nobody``: (item, rung) of which nobody could be told.
    """

    sent: Counter[tuple[int, str, str]] = field(default_factory=Counter)
    keys: dict[str, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    nobody: set[tuple[str, int]] = field(default_factory=set)

    @property
    def adds_up(self) -> bool:
        """Whether as many left as there are different (item, rung, recipient)."""
        return sum(self.sent.values()) == len(self.keys)


def replay(year: int) -> Year:
    """Go through the days of ``year``. Reports filed in it count as open until the day they were filed."""
    found = Year()
    day = date(year, 1, 1)
    while day.year == year:
        plan = reminders.plan(on=day, known=found.keys, as_it_was=True)
        for one in plan.leaving:
            found.sent[one.rung.day, one.recipient.role, one.language] += 1
            found.keys[one.key] = "sent"
        found.held |= {one.key for one in plan.held}
        found.nobody |= {(item.key, rung.day) for item, rung in plan.nobody}
        day += timedelta(days=1)
    return found
