"""Obligations as readers see them: what is known in words, the marks of the drawn clock, the expectation of 2010."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import sheets
from ccm_portal.core.enums import Clock, Known
from ccm_portal.core.writing import date_text, number_text
from compliance.domain.obligation_rows import Obligation
from compliance.enums import ObligationKind, Standing

BADGES = {
    Standing.FULFILLED: "done",
    Standing.RUNNING: "in-progress",
    Standing.LAPSED: "missing",
    Standing.LAPSED_PENDING: "waiting",
    Standing.SUSPENDED: "unchanged",
}
SOON_DAYS = 365
COLUMNS = (
    "state", "obligation", "key", "article", "counted_from", "computed", "extended_until", "published", "source", "due",
    "standing", "extensions", "address", "made_up",
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A row with what a page draws of it. ``marks`` is empty where no clock is drawn."""

    row: Obligation
    remark: str
    expectation: str
    tone: str
    badge: str
    marks: list[dict[str, Any]]

    @property
    def end(self) -> date:
        """Where the drawn span ends."""
        return max(self.row.due, self.row.computed)

    @property
    def note(self) -> str:
        """What the record says beside it, in English."""
        return self.row.clock.notes if self.row.clock and self.row.is_clock else ""


def shown(row: Obligation, *, on: date) -> Shown:
    return Shown(
        row=row,
        remark=remark(row),
        expectation=expectation(row),
        tone=_tone(row, on),
        badge=BADGES.get(row.standing, ""),
        marks=list(_marks(row)) if row.is_clock and row.standing != Standing.NOTHING else [],
    )


def remark(row: Obligation) -> str:
    """What is known that bears on how it stands, in words. A list is not a finding; the words keep that."""
    if row.completion:
        return _completed(row)
    if row.suspension:
        return _suspended(row)
    if row.benchmark and row.benchmark.met_on:
        return _("Reached on %(day)s.") % {"day": date_text(row.benchmark.met_on)}
    if row.filed:
        return _("Filed on %(day)s.") % {"day": date_text(row.filed.on)} if row.filed.on else _("Filed, day not known")
    if row.pending and row.pending.lodged_on:
        return _("A request was lodged on %(day)s.") % {"day": date_text(row.pending.lodged_on)}
    if row.kind == ObligationKind.STOCKPILE:
        return {
            Known.YES: _("Has declared stocks of cluster munitions."),
            Known.NO: _("Has declared no stocks of cluster munitions."),
            Known.UNKNOWN: _("Whether it holds stocks of cluster munitions is not known."),
        }[Known(row.state.stockpile_declared)]
    if row.kind == ObligationKind.CLEARANCE:
        return {
            Known.YES: _("Listed as contaminated by cluster munition remnants."),
            Known.NO: _("Not listed as contaminated by cluster munition remnants."),
            Known.UNKNOWN: _("Whether it is contaminated by cluster munition remnants is not known."),
        }[Known(row.state.affected)]
    return ""


def _completed(row: Obligation) -> str:
    completion = row.completion
    assert completion is not None
    told = [_("Completed on %(day)s.") % {"day": date_text(completion.completed_on)}]
    if completion.declared_on:
        told.append(_("Declared on %(day)s.") % {"day": date_text(completion.declared_on)})
    told.append(_("Source: %(source)s") % {"source": completion.source})
    return " ".join(told)


def _suspended(row: Obligation) -> str:
    suspension = row.suspension
    assert suspension is not None
    words = {"day": date_text(suspension.starts), "source": suspension.source}
    if suspension.ends is None:
        return _("Suspended since %(day)s. Source: %(source)s") % words
    words["until"] = date_text(suspension.ends)
    return _("Suspended from %(day)s, until %(until)s. Source: %(source)s") % words


def expectation(row: Obligation) -> str:
    """How often and for how long a time limit was extended: what the expectation of 2010 is measured by."""
    if not row.is_clock or row.starts is None or not row.granted:
        return ""
    count = len(row.extensions)
    if count and row.granted not in [one.granted_until for one in row.extensions]:
        count += 1  # the day that counts comes from an extension of which the portal has no request
    years = number_text(round((row.due - row.starts).days / 365.25, 1))
    words = {"count": count, "years": years, "day": date_text(row.due)}
    if not count:
        return _("Extended at least once; %(years)s years in all until %(day)s.") % words
    return (
        ngettext(
            "%(count)s extension; %(years)s years in all until %(day)s.",
            "%(count)s extensions; %(years)s years in all until %(day)s.",
            count,
        )
        % words
    )


def _tone(row: Obligation, on: date) -> str:
    """How near the day is: past, soon or ahead."""
    if row.due < on:
        return "past" if row.standing == Standing.LAPSED else "ahead"
    return "soon" if (row.due - on).days < SOON_DAYS else "ahead"


def _marks(row: Obligation) -> Iterator[dict[str, Any]]:
    if row.starts is None or row.clock is None:
        return
    later = row.clock.clock == Clock.NEW_CLEARANCE
    yield {"day": row.starts, "words": _("hostilities ended") if later else _("in force")}
    yield {"day": row.computed, "words": _("eight years") if row.clock.clock == Clock.ART3 else _("ten years")}
    for one in row.extensions:
        if one.granted_until and one.granted_until not in (row.due, row.computed):
            yield {"day": one.granted_until, "words": _("extended")}
    if row.due != row.computed:
        yield {"day": row.due, "words": _("as published") if row.override else _("extended")}


def csv(rows: Iterable[Obligation], *, site: str) -> str:
    """The list for programs, one obligation a row; States and standings by their codes, days as 2010-08-01."""
    table: list[list[object]] = [
        [
            row.state.iso3,
            row.kind.value,
            row.key,
            row.article,
            row.starts,
            row.computed,
            row.granted,
            row.override,
            row.override_source,
            row.due,
            row.standing.value,
            len(row.extensions) if row.is_clock else "",
            f"{site}/obligations/{row.state.slug}/",
            "yes" if row.is_demonstration else "no",
        ]
        for row in rows
    ]
    return sheets.csv_text([COLUMNS, *table])
