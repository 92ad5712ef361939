"""A filed report, from data to a document in the report's own language."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from ccm_portal.core.pdf import widths
from ccm_portal.core.pdf.texts import Text, printable
from reporting.form.common import Json
from reporting.form.editions import edition as edition_of
from reporting.form.sentences import Block as Said
from reporting.form.sentences import Presented, period_words, presented_report
from reporting.form.values.dates import show_date
from reporting.pdf.document import Answer, Block, Column, Document, Form, Listed, Picture, Receipt
from reporting.pdf.limits import Budget, Limits


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What is known about a filed version beside its content."""

    state: str
    title: str
    version: int
    note: str
    audience: str
    audience_label: str
    provenance_label: str
    receipt: Json
    data_file: str
    address: str
    program: str
    withheld: Collection[str] = ()
    pictures: Collection[str] = ()  # fingerprints of those at hand


def document(content: Json, filing: Filing, *, budget: Budget | None = None) -> Document:
    """The document. Words of ours are in the language of the report; the State's words are as they are."""
    language = content["language"]
    edition = edition_of(content["edition"])
    with translation.override(language):
        header, *sections = presented_report(edition, content, language, withheld=filing.withheld)
        limits = (budget or Budget()).limits([header, *sections])
        return Document(
            language=language,
            title=_("%(state)s: %(report)s") % {"state": filing.state, "report": filing.title},
            state=filing.state,
            kind=filing.title,
            filed_at=datetime.fromisoformat(filing.receipt["filed_at"]).isoformat(),
            facts=tuple(_facts(content, filing, language)),
            is_demonstration=content["provenance"] == "demo",
            audience=filing.audience,
            data_file=filing.data_file,
            receipt=Receipt(
                number=filing.receipt["number"],
                hash=filing.receipt["hash"],
                address=filing.address,
                program=filing.program,
            ),
            header=_form(header, content, limits, language, filing.pictures),
            forms=tuple(_form(section, content, limits, language, filing.pictures) for section in sections),
        )


def _facts(content: Json, filing: Filing, language: str) -> list[Answer]:
    """What stands on the cover: about which time, filed when, in time or not, for whom."""
    receipt = filing.receipt
    facts = []
    if content.get("provisional"):
        facts.append((_("Figures"), _("The figures are provisional; a correction will follow.")))
    facts += [(_("Reporting period"), period_words(content["period"], language)), _arrival(content, receipt, language)]
    if receipt["due"]:
        facts.append((_("Due"), _due(receipt, language)))
    if filing.version > 1:
        number = _("%(number)s, a correction: %(note)s") % {"number": filing.version, "note": filing.note}
        facts.append((_("Version"), number))
    elif filing.note:
        facts.append((_("Note"), filing.note))
    facts += [
        (_("Language"), get_language_info(language)["name_local"]),
        (_("Form"), str(edition_of(content["edition"]).title)),
        (_("Source"), filing.provenance_label),
        (_("This copy is for"), filing.audience_label),
    ]
    return [Answer(label=label, text=Text(text)) for label, text in facts]


def _arrival(content: Json, receipt: Json, language: str) -> tuple[str, str]:
    """When it came: filed here to the minute, or on paper, on a day that is known or not."""
    day = show_date(receipt["filed_at"][:10], language)
    if content["provenance"] != "iso":
        return _("Filed"), _("%(date)s, %(time)s UTC") % {"date": day, "time": receipt["filed_at"][11:16]}
    if receipt["due"]:
        return _("Received on paper"), day
    return _("Entered from paper"), _("%(date)s; the day on which it was received is not known") % {"date": day}


def _due(receipt: Json, language: str) -> str:
    day, late = show_date(receipt["due"], language), receipt["days_late"]
    if not late:
        return _("%(date)s; filed in time") % {"date": day}
    return ngettext("%(date)s; filed %(days)s day late", "%(date)s; filed %(days)s days late", late) % {
        "date": day,
        "days": late,
    }


def _form(section: Presented, content: Json, limits: Limits, language: str, pictures: Collection[str]) -> Form:
    stored = content["sections"].get(section.key, {})
    return Form(
        key=section.key,
        letter=section.letter,
        title=section.title,
        paragraphs=_together(section.paragraphs),
        standing=section.standing,
        unchanged_since=_since(stored.get("unchanged_since"), language),
        sentence=section.sentence,
        blocks=tuple(_block(block, limits, pictures) for block in section.blocks),
    )


def _together(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """7.1(b), 7.1(e) → 7.1(b), (e)"""
    if not paragraphs:
        return ()
    stem = paragraphs[0].partition("(")[0]
    return (paragraphs[0], *(other.removeprefix(stem) for other in paragraphs[1:]))


def _since(source: Json | None, language: str) -> str:
    if not source:
        return ""
    return show_date(source["filed_on"], language) if source.get("filed_on") else str(source.get("slug", ""))


def _block(said: Said, limits: Limits, pictures: Collection[str]) -> Block:
    rows = said.rows[: limits.rows]
    lines = [said.totals, *(row.cells for row in rows)] if said.totals else [row.cells for row in rows]
    shares = widths.shares([column.label for column in said.columns], lines) if rows else []
    return Block(
        title=said.title,
        sentences=(Text(said.sentence),) if said.sentence else (),
        answers=tuple(Answer(label=entry.label, text=_cut(entry.text, limits)) for entry in said.entries),
        columns=tuple(
            Column(label=column.label, is_number=column.numeric, share=share)
            for column, share in zip(said.columns, shares, strict=False)
        ),
        rows=tuple(tuple(_cut(cell, limits) for cell in row.cells) for row in rows),
        totals=tuple(Text(total) for total in said.totals),
        left_out=len(said.rows) - len(rows),
        pictures=tuple(
            Picture(sha256=one.sha256, words=printable(one.words), name=printable(one.name))
            for one in said.files
            if one.sha256 in pictures
        ),
        listed=tuple(
            Listed(name=printable(one.name), sha256=one.sha256) for one in said.files if one.sha256 not in pictures
        ),
    )


def _cut(text: str, limits: Limits) -> Text:
    if len(text) <= limits.letters:
        return Text(text)
    return Text(text[: limits.letters] + "…\n" + _("The whole text stands in the attached data."))
