"""What is wrong with a report, in sentences. Some problems block filing; warnings never do.

Every check is a named function here; the list is public. Sentences are in the active language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ccm_portal.core.writing import labelled, listed
from reporting.form.carried import tables_of_earlier_reports
from reporting.form.common import Json, StrOrPromise
from reporting.form.content import CHANGED, NOT_APPLICABLE, UNCHANGED, all_cells
from reporting.form.countries import name
from reporting.form.need import Need
from reporting.form.parts import Edition, Field, Fields, Section, Table
from reporting.form.values import PartialDate, Quantity, Unreadable
from reporting.form.values.base import quoted
from reporting.form.values.dates import first_day, last_day

BLOCKS, WARNS = "blocks", "warns"


@dataclass(frozen=True)
class ReportFacts:
    """What the checks need to know beside the report itself."""

    kind: str
    is_state_party: Callable[[str, date], bool] | None = None
    left_out: frozenset[str] = frozenset()
    today: date | None = None


@dataclass(frozen=True)
class Problem:
    """One thing to mend. ``path`` is "" for a whole section, "part", "part.row", "part.field" or "part.row.column"."""

    check: str
    severity: str
    sentence: str
    section: str
    path: str = ""


Found = Iterator[tuple[str, str, str]]  # section, path, sentence
Finder = Callable[[Edition, Json, ReportFacts], Found]


@dataclass(frozen=True)
class Check:
    """A rule that every report is held against."""

    key: str
    severity: str
    sentence: StrOrPromise
    find: Finder


CHECKS: dict[str, Check] = {}


def check(key: str, severity: str, sentence: StrOrPromise) -> Callable[[Finder], Finder]:
    def register(find: Finder) -> Finder:
        CHECKS[key] = Check(key, severity, sentence, find)
        return find

    return register


def problems(edition: Edition, content: Json, *, facts: ReportFacts) -> list[Problem]:
    """Everything that is wrong: what blocks first, then in the order of the form."""
    order = [section.key for section in edition.all_sections]
    found = [
        Problem(rule.key, rule.severity, sentence, section, path)
        for rule in CHECKS.values()
        for section, path, sentence in rule.find(edition, content, facts)
    ]
    return sorted(found, key=lambda problem: (problem.severity != BLOCKS, order.index(problem.section)))


def blocking(found: list[Problem]) -> list[Problem]:
    return [problem for problem in found if problem.severity == BLOCKS]


def _state(content: Json, section: Section) -> Json:
    state: Json = content["sections"].get(section.key, {"standing": "", "parts": {}})
    return state


def _changed(edition: Edition, content: Json) -> Iterator[tuple[Section, Json]]:
    for section in edition.all_sections:
        state = _state(content, section)
        if state["standing"] not in (UNCHANGED, NOT_APPLICABLE):
            yield section, state["parts"]


def _rows(edition: Edition, content: Json) -> Iterator[tuple[Section, Table, Json]]:
    for section, parts in _changed(edition, content):
        for part in section.parts:
            if isinstance(part, Table):
                for row in parts.get(part.key, {}).get("rows", []):
                    yield section, part, row


def _row_name(table: Table, row: Json) -> str:
    """What a row is called: the answer that names it, else the first one in it."""
    for column in (*table.naming_columns, *table.columns):
        if column.key in row["cells"]:
            return column.kind.show(row["cells"][column.key], language=get_language() or "en")
    return str(row["id"])


def _listed(fields: list[Field]) -> str:
    return listed((field.label for field in fields), strong=True)


@check("unreadable", BLOCKS, gettext_lazy("Every answer can be read as what it should be: a number, a date, an area."))
def _unreadable(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section, path, field, cell in all_cells(edition, content):
        if cell and cell["is"] == "unreadable":
            sentence = cell["problem"]
            try:
                field.kind.parse(cell["raw"], language=get_language() or "en")
            except Unreadable as problem:
                sentence = problem.sentence
            yield section.key, path, _in_row(content, section, path, labelled(field.label, sentence))


def _in_row(content: Json, section: Section, path: str, problem: str) -> str:
    """The problem with a box, and in which row it is if it is in a table."""
    part, _dot, place = path.partition(".")
    table, row_id = section.part(part), place.partition(".")[0]
    if not isinstance(table, Table):
        return problem
    row = next(row for row in _state(content, section)["parts"][part]["rows"] if row["id"] == row_id)
    return _("“%(table)s”, row “%(row)s”: %(problem)s") % {
        "table": table.title,
        "row": quoted(_row_name(table, row)),
        "problem": problem,
    }


@check("no_standing", BLOCKS, gettext_lazy("Every section is marked changed, unchanged or not applicable."))
def _no_standing(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section in edition.sections:
        if _state(content, section)["standing"] not in (CHANGED, UNCHANGED, NOT_APPLICABLE):
            yield (
                section.key,
                "",
                _("“%(section)s”: say whether this section has changed, is unchanged or does not apply.")
                % {"section": section.title},
            )


@check(
    "initial_unchanged", BLOCKS, gettext_lazy("An initial report says nothing is “unchanged”: nothing came before it.")
)
def _initial_unchanged(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section in edition.sections:
        if facts.kind == "initial" and _state(content, section)["standing"] == UNCHANGED:
            yield (
                section.key,
                "",
                _("“%(section)s” cannot be unchanged in an initial report. Answer it, or mark it not applicable.")
                % {"section": section.title},
            )


@check("unchanged_since_nothing", BLOCKS, gettext_lazy("An unchanged section names the earlier report it rests on."))
def _unchanged_since_nothing(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section in edition.sections:
        state = _state(content, section)
        if facts.kind != "initial" and state["standing"] == UNCHANGED and not state["unchanged_since"]:
            yield (
                section.key,
                "",
                _("“%(section)s” is marked unchanged, but no earlier report holds it. Mark it changed and answer it.")
                % {"section": section.title},
            )


@check("always_applies", BLOCKS, gettext_lazy("National implementation measures always apply."))
def _always_applies(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section in edition.sections:
        if not section.may_be_not_applicable and _state(content, section)["standing"] == NOT_APPLICABLE:
            yield (
                section.key,
                "",
                _("“%(section)s” always applies. If there is nothing yet, mark it changed and say so in its tables.")
                % {"section": section.title},
            )


@check("no_contact", BLOCKS, gettext_lazy("At least one national point of contact is named."))
def _no_contact(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    if not _state(content, edition.header)["parts"].get("contacts", {}).get("rows"):
        yield edition.header.key, "contacts", _("Name at least one national point of contact.")


@check(
    "row_without_key", BLOCKS, gettext_lazy("Every row of a table says what it is about, where the Convention asks it.")
)
def _row_without_key(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    yield from _rows_without_name(edition, content, treaty=True)


@check("row_without_name", WARNS, gettext_lazy("Every row of a table says what it is about."))
def _row_without_name(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    yield from _rows_without_name(edition, content, treaty=False)


def _rows_without_name(edition: Edition, content: Json, *, treaty: bool) -> Found:
    for section, table, row in _rows(edition, content):
        naming = table.naming_columns
        asked = any(column.need is Need.TREATY for column in naming)
        if naming and asked == treaty and not any(column.key in row["cells"] for column in naming):
            yield (
                section.key,
                f"{table.key}.{row['id']}.{naming[0].key}",
                _("“%(table)s”: the row with “%(row)s” does not say what it is about. Fill in: %(missing)s.")
                % {"table": table.title, "row": _row_name(table, row), "missing": _listed(list(naming))},
            )


@check("row_incomplete", WARNS, gettext_lazy("Every row answers what the Convention asks of it."))
def _row_incomplete(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section, table, row in _rows(edition, content):
        missing = [
            column
            for column in table.columns
            if column.need is Need.TREATY and not column.names_row and column.key not in row["cells"]
        ]
        if missing:
            yield (
                section.key,
                f"{table.key}.{row['id']}.{missing[0].key}",
                _("“%(table)s”, row “%(row)s”: still empty are %(missing)s. Write unknown if you do not know.")
                % {"table": table.title, "row": _row_name(table, row), "missing": _listed(missing)},
            )


@check("not_answered", WARNS, gettext_lazy("What the Convention asks for is answered, or there is nothing to report."))
def _not_answered(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section, parts in _changed(edition, content):
        tables = [part for part in section.parts if isinstance(part, Table) and part.need is Need.TREATY]
        nothing = bool(tables) and all(parts.get(table.key, {}).get("none") for table in tables)
        for part in section.parts:
            if part.need is not Need.TREATY or section is edition.header:
                continue
            if isinstance(part, Fields) and part.key in parts:
                values = parts[part.key]["values"]
                missing = [field for field in part.fields if field.need is Need.TREATY and field.key not in values]
                if missing:
                    yield (
                        section.key,
                        f"{part.key}.{missing[0].key}",
                        _("“%(part)s”: still empty are %(missing)s.")
                        % {"part": part.title, "missing": _listed(missing)},
                    )
            elif part.key in parts:
                continue
            elif isinstance(part, Table):
                yield (
                    section.key,
                    part.key,
                    _("“%(table)s” is empty. Add a row, or say that there is nothing to report.")
                    % {"table": part.title},
                )
            elif not nothing:
                yield section.key, part.key, _("“%(part)s” is not answered yet.") % {"part": part.title}


@check("retention_unchanged", WARNS, gettext_lazy("Retained and transferred munitions are reported anew every year."))
def _retention_unchanged(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section in edition.sections:
        if section.key == "retained_transferred" and _state(content, section)["standing"] == UNCHANGED:
            yield (
                section.key,
                "",
                _("“%(section)s” is marked unchanged. If you retain munitions, Article 3.8 asks for them every year.")
                % {"section": section.title},
            )


@check("receiver_not_party", WARNS, gettext_lazy("Cluster munitions are transferred to a State Party only."))
def _receiver_not_party(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    if facts.is_state_party is None:
        return
    for section, table, row in _rows(edition, content):
        receiver, when = row["cells"].get("receiver"), row["cells"].get("transferred_on")
        if table.key != "transferred" or not receiver or receiver["is"] != "given":
            continue
        day = when["date"] if when and when["is"] == "given" else content["period"]["to"]
        if day and not facts.is_state_party(receiver["iso3"], last_day(day)):
            yield (
                section.key,
                f"{table.key}.{row['id']}.receiver",
                _("%(state)s was not a State Party at that time. Article 3.7 allows transfer to a State Party only.")
                % {"state": name(receiver["iso3"], get_language() or "en")},
            )


@check("period_missing", WARNS, gettext_lazy("The report says which time it covers."))
def _period_missing(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    period = content["period"]
    if not (period["from"] and period["to"]) and not period["as_written"]:
        yield edition.header.key, "period", _("Say which time this report covers.")


@check("period_reversed", WARNS, gettext_lazy("The period of the report starts before it ends."))
def _period_reversed(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    starts, ends = content["period"]["from"], content["period"]["to"]
    if starts and ends and first_day(starts) > last_day(ends):
        yield edition.header.key, "period.ends", _("The period ends before it starts. Check the two dates.")


@check("period_to_come", WARNS, gettext_lazy("The period of the report is over on the day of filing."))
def _period_to_come(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    ends = content["period"]["to"]
    if ends and facts.today and last_day(ends) > facts.today:
        day = PartialDate().show({"is": "given", "date": ends}, language=get_language() or "en")
        yield edition.header.key, "period.ends", _("The period runs to %(day)s, which is still to come.") % {"day": day}


@check("period_carried", WARNS, gettext_lazy("Figures for the period are this report's, not an earlier one's."))
def _period_carried(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section, table, slug in tables_of_earlier_reports(edition, content):
        yield (
            section.key,
            table.key,
            _(
                "The figures for the period in “%(table)s” are those of an earlier report (%(report)s). "
                "Check that they are this year's."
            )
            % {"table": table.title, "report": slug},
        )


@check(
    "answers_left_out",
    WARNS,
    gettext_lazy("No fresh answers stand in a section that is marked unchanged or not applicable."),
)
def _answers_left_out(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section in edition.sections:
        if section.key in facts.left_out:
            yield (
                section.key,
                "",
                _("“%(section)s” has new answers that will not be filed. Mark it changed if they should be.")
                % {"section": section.title},
            )


@check("product_differs", WARNS, gettext_lazy("Munitions times submunitions in each make the submunitions in all."))
def _product_differs(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section, table, row in _rows(edition, content):
        for column in table.columns:
            if not column.product_of:
                continue
            numbers = [_exact(row["cells"].get(key)) for key in (column.key, *column.product_of)]
            if None in numbers:
                continue
            stated, first, second = (int(number or 0) for number in numbers)
            if stated != first * second:
                yield (
                    section.key,
                    f"{table.key}.{row['id']}.{column.key}",
                    _("“%(table)s”, row “%(row)s”: %(first)s times %(second)s is %(product)s, not %(stated)s.")
                    % {
                        "table": table.title,
                        "row": _row_name(table, row),
                        **{
                            key: _number(number)
                            for key, number in (
                                ("first", first),
                                ("second", second),
                                ("product", first * second),
                                ("stated", stated),
                            )
                        },
                    },
                )


def _exact(cell: Json | None) -> int | None:
    return int(cell["number"]) if cell and cell["is"] == "given" and cell["precision"] == "exact" else None


def _number(number: int) -> str:
    return Quantity().show({"is": "given", "number": number, "precision": "exact"}, language=get_language() or "en")
