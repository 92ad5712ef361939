"""Whether words are said in what everybody can read of a report or a statement."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from ccm_portal.core.models import State
from committees.domain.said import WorkRefused
from meetings.models import Statement
from meetings.rules_room import public_statements, public_texts
from reporting.models import ReportVersion
from reporting.rules import published_versions

LEFT_OUT = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|…|\(\s*\.\.\.\s*\))\s*")
SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "\u00a0": " ", "\u202f": " "})


def refuse_unsaid(text: str, *, report: ReportVersion | None, statement: Statement | None, state: State) -> None:
    """Look for the words, passage by passage, in the public text of their source. Nothing is looked for where there is
    none: another source, or a statement that is a file alone. “[…]” stands for what a quotation leaves out.

    :raises WorkRefused: if the source is another State's or not public, or a passage is not in it.
    """
    if report is not None:
        _refuse_others(published_versions().filter(pk=report.pk, report__state=state).exists())
        _refuse_missing(text, " ".join(_strings(report.public_document)))
    if statement is not None:
        _refuse_others(public_statements().filter(pk=statement.pk, delegation__state=state).exists())
        texts = list(public_texts().filter(statement=statement).values_list("text", flat=True))
        if all(texts):
            _refuse_missing(text, " ".join(texts))


def _refuse_others(is_theirs: bool) -> None:
    if not is_theirs:
        raise WorkRefused(_("This source is not one that everybody can read, or another State's."))


def _refuse_missing(text: str, public: str) -> None:
    there = _flat(public)
    for passage in LEFT_OUT.split(text):
        for line in passage.splitlines():
            if (words := _flat(line)) and words not in there:
                shown = line.strip() if len(line.strip()) <= 80 else line.strip()[:79] + "…"
                raise WorkRefused(
                    _("These words are not in what everybody can read of the source: “%(words)s”") % {"words": shown}
                )


def _flat(text: str) -> str:
    """Without what differs between two ways of writing the same words."""
    return " ".join(text.translate(SAME).casefold().split())


def _strings(value: Any) -> Iterator[str]:
    """Every text in a document, in its order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
