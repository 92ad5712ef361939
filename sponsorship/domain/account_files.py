"""A report on a round as a file: PDF, made once for each language, and a spreadsheet with the same sums."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ccm_portal.core import files, sheets
from ccm_portal.core.models import StoredFile
from ccm_portal.core.pdf import order, widths
from ccm_portal.core.pdf.texts import printable
from ccm_portal.core.writing import date_text
from sponsorship.domain.account_words import Amount, Cell, Table
from sponsorship.domain.account_words_meeting import told
from sponsorship.domain.accounts import content_of
from sponsorship.domain.round_money import ZERO
from sponsorship.models import IssuedAccount, IssuedAccountPdf

CSS = Path(__file__).parents[1] / "pdf" / "account.css"


def file_name(issued: IssuedAccount, language: str, ending: str) -> str:
    """``14msp-sponsorship-report-2-fr.pdf``; that to a donor has its own name before the number."""
    to = "" if issued.contribution_id is None else f"-donor-{issued.contribution_id}"
    return f"{issued.round.key}-sponsorship-report{to}-{issued.number}-{language}.{ending}"


def pdf_file(issued: IssuedAccount, language: str, *, is_demonstration: bool) -> StoredFile:
    """The PDF in a language, kept from the first time that somebody asked for it.

    :raises ccm_portal.core.pdf.process.NotRendered: if it could not be made; it is tried again when it is asked for.
    """
    IssuedAccountPdf.objects.get_or_create(account=issued, language=language)
    with transaction.atomic():  # two who ask at once get one file
        row = (
            IssuedAccountPdf.objects.select_for_update(of=("self",))
            .select_related("file")
            .get(account=issued, language=language)
        )
        if row.file is None:
            content = pdf(issued, language, is_demonstration=is_demonstration)
            row.file = files.store(content=content, name=file_name(issued, language, "pdf"), at=issued.issued_at)
            row.save()
        return row.file


def pdf(issued: IssuedAccount, language: str, *, is_demonstration: bool) -> bytes:
    """The document: the same report in the same language gives the same file.

    :raises ccm_portal.core.pdf.process.NotRendered: if the renderer ran into a limit.
    """
    with translation.override(language):
        report = told(content_of(issued), issued.round)
        meeting = issued.round.meeting
        page = order.Page(
            language=language,
            title=report.title,
            author=_("Implementation Support Office"),
            at=issued.issued_at.isoformat(timespec="seconds"),
            head_start=printable(meeting.name),
            head_end=report.title,
            foot=_("Number %(number)s") % {"number": issued.number},
            is_demonstration=is_demonstration,
        )
        context = {
            "report": report,
            "meeting": printable(meeting.name),
            "number": issued.number,
            "day": date_text(issued.issued_at),
            "hash": issued.content_hash,
            "tables": [_printed(table) for table in report.tables],
        }
    return order.pdf(
        "sponsorship/pdf/account.html", context, page=page, identifier=f"{issued.key} {language}", sheets=[CSS]
    )


def xlsx(issued: IssuedAccount, language: str, *, mark: str) -> bytes:
    """The same tables as a spreadsheet: amounts are numbers, with their currency in the column beside them."""
    with translation.override(language):
        report = told(content_of(issued), issued.round)
        first = sheets.Page(
            title=report.title,
            heading=report.title,
            lines=[
                (_("Meeting"), issued.round.meeting.name),
                (_("Number"), issued.number),
                (_("Issued on"), issued.issued_at.date()),
                (_("Fingerprint"), issued.content_hash),
                *report.numbers,
                *(("", remark) for remark in report.remarks),
            ],
        )
        book = sheets.Book(
            title=report.title,
            mark=mark,
            at=issued.issued_at,
            sheets=[first, *(_sheet(table) for table in report.tables)],
            language=language,
        )
    return sheets.xlsx(book)


def _sheet(table: Table) -> sheets.Sheet:
    """Where a column holds amounts, the one after it says in which currency."""
    money_at = {
        at for row in table.rows for at, cell in enumerate(row) if isinstance(cell, Amount) and table.columns[at]
    }
    columns = []
    for at, label in enumerate(table.columns):
        columns.append(sheets.Column(label=label))
        if at in money_at:
            columns.append(sheets.Column(label=_("Currency")))
    rows = [_row(row, money_at) for row in [*table.rows, *([table.total] if table.total else [])]]
    return sheets.Sheet(title=table.title, columns=columns, rows=rows)


def _row(row: Sequence[Cell], money_at: set[int]) -> list[sheets.Value]:
    made: list[sheets.Value] = []
    for at, cell in enumerate(row):
        if isinstance(cell, Amount):
            made += [cell.value, cell.currency]
        else:
            made.append(None if cell == "" else cell)
            if at in money_at:
                made.append(None)
    return made


def _printed(table: Table) -> dict[str, object]:
    """A table for paper: its cells as text, its columns as wide as they need, each bar in hundredths of the longest."""
    rows = [[printable(str(cell)) for cell in row] for row in table.rows]
    total = [printable(str(cell)) for cell in table.total]
    longest = max((abs(number) for _label, number in table.bars), default=0)
    return {
        "title": table.title,
        "columns": list(
            zip(
                table.columns,
                widths.shares([str(one) for one in table.columns], [*rows, *([total] if total else [])]),
                strict=True,
            )
        ),
        "rows": rows,
        "total": total,
        "note": printable(table.note),
        "bars": [_bar(label, abs(number) / longest * 100 if longest else ZERO) for label, number in table.bars],
    }


def _bar(label: str, share: Decimal) -> dict[str, str]:
    """From the reader's start side."""
    x = 100 - share if translation.get_language_bidi() else ZERO
    return {"label": printable(label), "share": f"{share:.2f}", "x": f"{x:.2f}"}
