"""Where a report does not fit the format, in words: the place as the form calls it, and what to write there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from jsonschema import ValidationError

from ccm_portal.core.writing import listed
from reporting.form.common import StrOrPromise
from reporting.form.parts import Edition, Table, UnknownPlace
from reporting.form.values.base import quoted

_TYPES: dict[str, StrOrPromise] = {
    "object": gettext_lazy("names and values in {…}"),
    "array": gettext_lazy("a list in […]"),
    "string": gettext_lazy("a text in quotes"),
    "integer": gettext_lazy("a whole number"),
    "boolean": gettext_lazy("true or false"),
    "null": pgettext_lazy("JSON value", "null"),
}


@dataclass(frozen=True)
class Problem:
    """Why a file is not taken: where (a JSON pointer, and in words), and a sentence."""

    pointer: str
    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place or self.pointer}: {self.sentence}"


def pointer(steps: Sequence[str | int]) -> str:
    """A JSON pointer (RFC 6901); "/" for the whole."""
    return "/" + "/".join(str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def place_of(edition: Edition, steps: Sequence[str | int]) -> str:
    """A place as the form calls it, from the section down to the answer; "" around the sections."""
    if len(steps) < 2 or steps[0] != "sections":
        return ""
    words: list[str] = []
    try:
        section = edition.section(str(steps[1]))
        words.append(str(section.title))
        if len(steps) > 3:
            part = section.part(str(steps[3]))
            words.append(f"“{part.title}”")
            if isinstance(part, Table) and len(steps) > 5:
                words.append(_("row %(number)s") % {"number": int(steps[5]) + 1})
            names = [step for step in steps[4:] if isinstance(step, str) and step not in ("values", "rows", "cells")]
            if names:
                words.append(f"“{part.field(names[0]).label}”")
    except (UnknownPlace, ValueError):
        pass
    return listed(words)


def found(error: ValidationError) -> Iterator[tuple[list[str | int], str]]:
    """What one misfit is: the place and a sentence, for each name that it concerns."""
    where, value, rule = list(error.absolute_path), error.instance, error.validator_value
    match error.validator:
        case "additionalProperties":
            for name in value.keys() - error.schema["properties"].keys():
                yield (
                    [*where, name],
                    _("“%(name)s” is not known here. Known are: %(names)s.")
                    % {"name": quoted(name), "names": listed(error.schema["properties"])},
                )
        case "required":
            for name in rule:
                if name not in value:
                    yield where, _("“%(name)s” is missing.") % {"name": name}
        case "enum" | "const":
            options = rule if error.validator == "enum" else [rule]
            yield (
                where,
                _("%(value)s cannot stand here. Write one of: %(options)s.")
                % {"value": _written(value), "options": listed(map(_written, options))},
            )
        case "type" if where and where[-1] == "unchanged_since":
            named = _("Only an unchanged section names the report that said it.")
            yield where, _("An unchanged section names the report that said it.") if value is None else named
        case "type":
            wanted = rule if isinstance(rule, list) else [rule]
            yield (
                where,
                _("%(value)s cannot stand here. Write %(wanted)s.")
                % {"value": _written(value), "wanted": " / ".join(str(_TYPES[name]) for name in wanted)},
            )
        case "maxProperties" if where and where[-1] == "parts":
            yield where, _("The section is said not to apply, and there are answers. Say one of the two.")
        case "maxProperties":
            yield where, _("An answer like unknown, none or not applicable says nothing else.")
        case "maxItems" if where and where[-1] == "rows":
            yield where, _("It is said that there is nothing to report, and there are rows. Say one of the two.")
        case _:
            yield where, _("%(value)s is not written as the format asks.") % {"value": _written(value)}


def _written(value: Any) -> str:
    return quoted(json.dumps(value, ensure_ascii=False)[:200])
