"""What changed between two versions of a request, and the list of requests as a file."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ccm_portal.core import sheets
from ccm_portal.core.writing import date_text
from compliance.domain.request_reading import Content
from compliance.models import ExtensionRequest, clock_slug
from reporting.form.spoken import Pieces, apart


@dataclass(frozen=True)
class Change:
    """Something that differs: ``pieces`` marks the words that do."""

    label: str
    old: str
    new: str

    @property
    def how(self) -> str:
        return "changed" if self.old and self.new else "added" if self.new else "removed"

    @property
    def pieces(self) -> tuple[Pieces, Pieces]:
        return apart(self.old, self.new)


def between(older: Content, newer: Content) -> list[Change]:
    """What differs, in the order of the newer version."""
    before = {one.key: one.text for one in older.sections}
    changes = [_days(older, newer)]
    changes += [Change(f"{one.letter}. {one.title}", before.get(one.key, ""), one.text) for one in newer.sections]
    changes.append(Change(_("Benchmarks offered"), _benchmarks(older), _benchmarks(newer)))
    changes.append(Change(_("Annexes"), "\n".join(older.files), "\n".join(newer.files)))
    return [one for one in changes if one.old != one.new]


def _days(older: Content, newer: Content) -> Change:
    was, now = older.asked_until, newer.asked_until
    return Change(_("Asked until"), date_text(was) if was else "", date_text(now) if now else "")


def _benchmarks(content: Content) -> str:
    return "\n".join(f"{date_text(one.due)}: {one.text}" for one in content.benchmarks)


COLUMNS = (
    "state", "clock", "number", "status", "intent_on", "lodged_on", "lodging_due", "days_late", "deadline_then",
    "asked_until", "meeting", "recommended_until", "outcome", "granted_until", "decided_on", "withdrawn_on", "source",
    "address",
)  # fmt: skip


def csv(requests: Iterable[ExtensionRequest], *, site: str) -> str:
    """The list for programs, one request a row; States, clocks and statuses by their codes."""
    rows: list[list[object]] = []
    for one in requests:
        slug = clock_slug(one.clock)
        by_name = {
            "state": one.state.iso3,
            "clock": slug,
            "meeting": one.meeting.key if one.meeting else "",
            "source": one.source or one.intent_source,
            "address": f"{site}/requests/{one.state.slug}/{slug}/{one.number}/",
        }
        rows.append([by_name[name] if name in by_name else getattr(one, name) for name in COLUMNS])
    return sheets.csv_text([COLUMNS, *rows])
