"""The places of a report that can be asked about: all of it, a section, a part of one."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from reporting.form.editions import edition as edition_of
from reporting.form.parts import Section
from reporting.models import Report, ReportVersion

WHOLE = ""


def places_of(report: Report) -> list[tuple[str, str]]:
    """Every place with its name in the reader's language, in the order of the report's own letters."""
    form = edition_of(report.edition)
    return [(WHOLE, _("The whole report")), *_places(report, form.in_order(language=report.language))]


def _places(report: Report, sections: Iterable[Section]) -> Iterator[tuple[str, str]]:
    form = edition_of(report.edition)
    for section in sections:
        named = form.named(section, language=report.language)
        yield section.key, named
        for part in section.parts:
            yield f"{section.key}/{part.key}", f"{named} – {part.title}"


def place_title(report: Report, place: str) -> str:
    """The name of a place; that of the whole report for one that the form does not have."""
    names = dict(places_of(report))
    return names.get(place, names[WHOLE])


def kept_parts(versions: Iterable[ReportVersion]) -> set[str]:
    """The parts, as "section/part", that the State keeps for States Parties in any of these versions."""
    return {name for version in versions for name in version.marked}
