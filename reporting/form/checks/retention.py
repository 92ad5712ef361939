"""What is retained, acquired and transferred under Article 3, paragraphs 6 to 8."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core.writing import listed
from reporting.form.checks import spans
from reporting.form.checks.rules import (
    RETENTION,
    WARNS,
    Found,
    ReportFacts,
    check,
    language,
    number_text,
    rows,
    section_state,
    state_of,
)
from reporting.form.checks.spans import Span
from reporting.form.checks.stocks import folded, type_of
from reporting.form.common import Json
from reporting.form.content import NOT_APPLICABLE, UNCHANGED
from reporting.form.countries import name
from reporting.form.parts import Edition
from reporting.form.values.base import quoted
from reporting.form.values.dates import last_day

RETAINED = "retained_transferred"


@check(
    "retention_unchanged",
    WARNS,
    gettext_lazy("Retained and transferred munitions are reported anew every year."),
    group=RETENTION,
    sections=("retained_transferred",),
    paragraphs=("3.8",),
)
def _retention_unchanged(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section in edition.sections:
        if (
            section.key == RETAINED
            and state_of(content, section)["standing"] == UNCHANGED
            and _may_retain(content, facts)
        ):
            yield (
                section.key,
                "",
                _("“%(section)s” is marked unchanged. If you retain munitions, Article 3.8 asks for them every year.")
                % {"section": section.title},
            )


@check(
    "receiver_not_party",
    WARNS,
    gettext_lazy("Cluster munitions are transferred to a State Party only."),
    group=RETENTION,
    sections=("retained_transferred",),
    paragraphs=("3.7",),
)
def _receiver_not_party(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    if facts.is_state_party is None:
        return
    for section, table, row in rows(edition, content):
        receiver, when = row["cells"].get("receiver"), row["cells"].get("transferred_on")
        if table.key != "transferred" or not receiver or receiver["is"] != "given":
            continue
        day = when["date"] if when and when["is"] == "given" else content["period"]["to"]
        if day and not facts.is_state_party(receiver["iso3"], last_day(day)):
            yield (
                section.key,
                f"{table.key}.{row['id']}.receiver",
                _("%(state)s was not a State Party at that time. Article 3.7 allows transfer to a State Party only.")
                % {"state": name(receiver["iso3"], language())},
            )


@check(
    "retention_owed",
    WARNS,
    gettext_lazy("Who retained munitions last year says what became of them."),
    group=RETENTION,
    sections=(RETAINED,),
    paragraphs=("3.8",),
)
def _retention_owed(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    state = section_state(content, RETAINED)
    before = _retained(facts.previous) if facts.previous else {}
    silent = state["standing"] == NOT_APPLICABLE or (
        state["standing"] != UNCHANGED and "retained" not in state["parts"]
    )
    held = spans.added(span for span, _consumed, _name, _row in before.values())
    if silent and before and not held.is_zero():
        table = edition.section(RETAINED).part("retained")
        yield (
            RETAINED,
            "" if state["standing"] == NOT_APPLICABLE else table.key,
            _(
                "The last report lists munitions that are retained: %(types)s. Article 3.8 asks every year what became "
                "of them. Fill in “%(table)s”, or say there that none are left."
            )
            % {"types": _types(before), "table": table.title},
        )


@check(
    "retained_not_fallen",
    WARNS,
    gettext_lazy("Retained submunitions are fewer once some were used up and none were added."),
    group=RETENTION,
    sections=(RETAINED,),
    paragraphs=("3.6", "3.8"),
)
def _retained_not_fallen(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    state = section_state(content, RETAINED)
    if facts.previous is None or state["standing"] == UNCHANGED or "acquired" not in state["parts"]:
        return
    acquired = {folded(type_of(row)) for row in state["parts"]["acquired"]["rows"]}
    before, now = _retained(facts.previous), _retained(content)
    for key, (held, used, name_, row) in now.items():
        if not key or key not in before or key in acquired or used.low <= 0 or used.high is None:
            continue
        if held.is_above(before[key][0] - used):
            yield (
                RETAINED,
                f"retained.{row}.submunitions",
                _(
                    "“%(type)s”: %(used)s were used up, and the last report held %(before)s submunitions, "
                    "but %(now)s are still retained. Check the figures, or say in the notes why."
                )
                % {
                    "type": quoted(name_),
                    "used": _text(used),
                    "before": _text(before[key][0]),
                    "now": _text(held),
                },
            )


def _may_retain(content: Json, facts: ReportFacts) -> bool:
    """Whether munitions may be retained, as far as this report and the last one tell."""
    said = [section_state(one, RETAINED)["parts"].get("retained") for one in (content, facts.previous) if one]
    return not any(table is not None and not table["rows"] for table in said)


def _retained(content: Json) -> dict[str, tuple[Span, Span, str, str]]:
    """Submunitions held and used up of each type, with its name and its first row."""
    found: dict[str, tuple[Span, Span, str, str]] = {}
    for row in section_state(content, RETAINED)["parts"].get("retained", {}).get("rows", []):
        key = folded(type_of(row))
        held, used, named, first = found.get(key, (spans.NOTHING, spans.NOTHING, type_of(row), row["id"]))
        found[key] = (
            held + spans.of_cell(row["cells"].get("submunitions")),
            used + spans.of_cell(row["cells"].get("consumed")),
            named,
            first,
        )
    return found


def _types(retained: dict[str, tuple[Span, Span, str, str]]) -> str:
    return listed(quoted(named) for _held, _used, named, _row in retained.values() if named)


def _text(span: Span) -> str:
    return number_text(max(int(span.said), 0), span.precision)
