"""What a State keeps for States Parties, as it bears on what it filed before: parts that were public until now.

A version withholds from its own public copy what is marked when it is filed. What a later version of the same report
keeps leaves the public copies of the earlier ones as well, in the same transaction; what was filed is not touched, and
its receipt verifies as before. Nothing undoes that: a newer version may make the part public, and publishes it there
alone. Other reports of the State are other filings; only the State can correct them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from reporting.domain import pdfs
from reporting.form.editions import edition as edition_of
from reporting.form.parts import UnknownPlace
from reporting.models import PUBLIC_COPY, Report, ReportFigure, ReportVersion
from reporting.rules import published_versions


@dataclass(frozen=True)
class Withdrawn:
    """A part that was public in this report until now; ``elsewhere`` are the State's other reports that show one of
    the same name."""

    name: str
    section: str
    title: str
    elsewhere: list[Report]


def keep_from_earlier(version: ReportVersion, marked: Collection[str]) -> None:
    """Note that ``version`` keeps these parts, and take them out of what earlier versions show: copies, documents and
    figures. Inside the transaction that files it, with the report locked."""
    report = version.report
    earlier = list(_earlier(report, before=version.number))
    shown = {one.pk: _shown(one) & set(marked) for one in earlier}
    report.kept_since = {**report.kept_since, **dict.fromkeys(sorted(marked), version.number)}
    report.save(update_fields=["kept_since"])
    touched = [one for one in earlier if shown[one.pk]]
    if touched:
        pdfs.make_anew(versions=touched)
        cells = reduce(or_, (Q(path__startswith=f"{name.replace('/', '.')}.") for name in marked))
        ReportFigure.objects.filter(cells, version__in=touched).update(withheld=True)


def newly_kept(report: Report, marked: Collection[str]) -> list[str]:
    """Those of ``marked`` that a filed version of the report shows to everybody now."""
    if not marked:
        return []
    return sorted(set(marked) & {name for version in _earlier(report) for name in _shown(version)})


def withdrawn(report: Report, marked: Collection[str]) -> list[Withdrawn]:
    """What filing the correction takes out of the public's sight, for whoever decides it. Two queries at most."""
    names = newly_kept(report, marked)
    if not names:
        return []
    others: dict[int, Report] = {}
    showing: dict[str, set[int]] = {name: set() for name in names}
    of_state = published_versions().filter(report__state=report.state_id).exclude(report=report.pk)
    for version in of_state.only(*PUBLIC_COPY, *_TITLED).order_by("-report__year", "report", "number"):
        for name in _shown(version).intersection(names):
            showing[name].add(version.report_id)
            others[version.report_id] = version.report
    form = edition_of(report.edition)
    return [
        Withdrawn(name, *titles(form, name), [one for pk, one in others.items() if pk in showing[name]])
        for name in names
    ]


_TITLED = ("report__slug", "report__kind", "report__year", "report__state__slug", "report__status")


def _earlier(report: Report, *, before: int | None = None) -> Iterable[ReportVersion]:
    versions = ReportVersion.objects.select_related("report").only(*PUBLIC_COPY).filter(report=report)
    return versions.filter(number__lt=before) if before else versions


def _shown(version: ReportVersion) -> set[str]:
    sections: dict[str, Any] = version.public_document["sections"]
    return {f"{key}/{part}" for key, section in sections.items() for part in section["parts"]}


def titles(form: Any, name: str) -> tuple[str, str]:
    """Section and part in words: "stockpiles/stocks" by the titles of the form."""
    key, _slash, part = name.partition("/")
    try:
        section = form.section(key)
        return str(section.title), str(section.part(part).title)
    except UnknownPlace:
        return key, part
