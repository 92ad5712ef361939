"""Two filed versions beside each other, as everybody may read them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ccm_portal.core import writing
from reporting.domain import contents
from reporting.domain.queries import filed_versions_of
from reporting.domain.reading import report_before
from reporting.enums import ReportKind
from reporting.form.differences import Difference, compare
from reporting.models import Report, ReportVersion

# Of one table so many rows are listed; the others are counted, and both files hold them all.
MOST_ROWS = 300

_NAME = re.compile(r"([a-z0-9-]{1,40})-v(\d{1,4})")


@dataclass(frozen=True)
class Choice:
    """One version that another can be compared with."""

    name: str
    label: str
    chosen: bool


def name_of(version: ReportVersion) -> str:
    """How an address names a version: ``2024-v2``."""
    return f"{version.report.slug}-v{version.number}"


def named(name: str, of_state: Iterable[ReportVersion]) -> ReportVersion | None:
    """The version that an address names."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    slug, number = found[1], int(found[2])
    return next((one for one in of_state if (one.report.slug, one.number) == (slug, number)), None)


def earlier(version: ReportVersion, of_state: Iterable[ReportVersion]) -> ReportVersion | None:
    """What a version is compared with unless somebody asks otherwise: the version before, else the report before."""
    of_state = list(of_state)
    own = [one for one in of_state if one.report_id == version.report_id and one.number < version.number]
    return max(own, key=lambda one: one.number, default=None) or report_before(version, of_state)


def choices(version: ReportVersion, of_state: Iterable[ReportVersion], *, chosen: ReportVersion | None) -> list[Choice]:
    """Every other version of the State, latest filed first."""
    others = sorted((one for one in of_state if one.pk != version.pk), key=lambda one: (one.filed_at, one.pk))
    return [Choice(name_of(one), label_of(one), one == chosen) for one in reversed(others)]


def label_of(version: ReportVersion) -> str:
    """A version as a reader knows it."""
    words = {
        "title": version.report.title,
        "number": version.number,
        "date": writing.date_text(version.filed_at),
    }
    return _("%(title)s, version %(number)s (%(date)s)") % words


def before_draft(report: Report) -> ReportVersion | None:
    """What an open report is read beside: of a correction what is in force; of a new report the one it was carried
    from, or that of the latest period before its own."""
    if report.is_correcting or report.kind == ReportKind.INITIAL:
        return contents.version_in_force(report.pk)
    if base := contents.base_of(report):
        return base
    own = report.year or 0
    return next((one for one in filed_versions_of(report.state) if (one.report.year or 0) < own), None)


def private_difference(before: ReportVersion, document: dict[str, Any], language: str) -> Difference:
    """What an open report says otherwise, for the State itself: what it keeps for States Parties included."""
    return compare(before.full_document, document, language, most_rows=MOST_ROWS)


def public_difference(old: ReportVersion, new: ReportVersion, language: str) -> Difference:
    """What ``new`` says otherwise than ``old``, from their public copies alone. What either keeps for States Parties
    is told by its title."""
    withheld = {*old.withheld, *new.withheld}
    return compare(old.public_document, new.public_document, language, withheld=withheld, most_rows=MOST_ROWS)
