"""A file as it arrives: its bytes read as JSON, strictly, and what it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from reporting.form.common import Json
from reporting.receipt_check import EXPORT, problems

LARGEST = 10 * 1024 * 1024  # bytes


class NotAReport(Exception):
    """The file cannot be read as a report at all. The message is fit to show the person."""


def load(data: bytes) -> Json:
    """The JSON object in a file.

    :raises NotAReport: with a sentence, if it is none, or too large, or can be read in two ways.
    """
    if len(data) > LARGEST:
        raise NotAReport(_("The file is larger than %(most)s MB.") % {"most": LARGEST // 1024 // 1024})
    try:
        told = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number
        )
    except UnicodeDecodeError:
        raise NotAReport(_("This is no JSON file: it is not text in UTF-8.")) from None
    except json.JSONDecodeError as wrong:
        raise NotAReport(
            _("This is no JSON file: it cannot be read from line %(line)s, character %(character)s.")
            % {"line": wrong.lineno, "character": wrong.colno}
        ) from None
    except (RecursionError, ValueError):
        raise NotAReport(
            _("This JSON file cannot be read: it is too deep, or holds a number that is too long.")
        ) from None
    if not _has_whole_letters(told):
        raise NotAReport(_("This JSON file holds a half of a letter (a lone surrogate), which no text can hold."))
    if not isinstance(told, dict):
        raise NotAReport(_("This JSON file holds no report: it must begin with {."))
    return told


def _has_whole_letters(told: Any) -> bool:
    try:
        json.dumps(told, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _once(pairs: Sequence[tuple[str, Any]]) -> Json:
    found: Json = {}
    for name, value in pairs:
        if name in found:
            raise NotAReport(_("The name “%(name)s” stands twice in one place of the file.") % {"name": name[:60]})
        found[name] = value
    return found


def _no_number(text: str) -> Any:
    raise NotAReport(
        _("%(number)s is a number with a fraction. Write it in quotes, so that nothing is rounded.")
        % {"number": text[:40]}
    )


def is_export(told: Json) -> bool:
    """Whether it is a report with its receipt, as the portal gives it away."""
    return told.get("format") == EXPORT


def receipt_faults(told: Json) -> list[str]:
    """What is wrong with an export, in the sentences of the program that checks receipts."""
    try:
        return problems(told)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as wrong:
        return [f"Something is missing or out of place: {wrong}."]
