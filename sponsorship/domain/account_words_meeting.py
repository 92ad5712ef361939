"""The report to the meeting in the words of the active language."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ccm_portal.core.writing import number_text
from sponsorship.domain import account_words, money
from sponsorship.domain.account_words import Amount, Cell, Names, Table, Told, people_table, still_open, sum_row
from sponsorship.enums import CostKind, OfferStatus
from sponsorship.models import Round


def told(content: dict[str, Any], round: Round) -> Told:
    """A report in the active language, to whomever it is."""
    return account_words.of_donor(content, round) if content["to"] == "donor" else of_meeting(content, round)


def of_meeting(content: dict[str, Any], round: Round) -> Told:
    """The report to the meeting."""
    names, currency, people = Names.of(content), content["currency"], content["people"]
    offers = content["offers"]
    tables = [
        _offers(content),
        _kinds(content, currency),
        _regions(content, names, currency),
        people_table(people),
        _contributions(content, names, currency),
        _programmes(content, names),
    ]
    return Told(
        title=_("Report on sponsorship"),
        lede=_("Whom the sponsorship programme brought to this meeting, with whose money, and what it cost."),
        currency=currency,
        numbers=[
            (pgettext("sponsorship", "People who came"), number_text(offers[OfferStatus.TRAVELLED])),
            (_("States"), number_text(people["states"])),
            (_("Women"), number_text(people["women"])),
            (_("Spent"), money.told(Decimal(content["money"]["spent"]), currency)),
        ],
        tables=[table for table in tables if table.rows],
        remarks=[*_moves(content), *_tickets(content, currency), *_savings(content, currency), *still_open(content)],
    )


def _offers(content: dict[str, Any]) -> Table:
    offers = content["offers"]
    rows: list[list[Cell]] = [
        [str(status.label), offers[status.value]] for status in OfferStatus if offers.get(status.value)
    ]
    asked = content["applications"]
    words = ngettext("%(count)s State applied", "%(count)s States applied", asked["states"])
    people = ngettext("for %(count)s person", "for %(count)s people", asked["people"])
    note = f"{words % {'count': number_text(asked['states'])}} {people % {'count': number_text(asked['people'])}}."
    return Table(
        title=_("Offers"),
        columns=[pgettext("sponsorship", "Offers"), pgettext("sponsorship", "How many")],
        rows=rows,
        total=sum_row(rows, 2),
        note=note,
        bars=[(str(row[0]), Decimal(str(row[1]))) for row in rows],
    )


def _kinds(content: dict[str, Any], currency: str) -> Table:
    rows: list[list[Cell]] = [
        [
            str(CostKind(row["kind"]).label),
            Amount(Decimal(row["planned"]), currency),
            Amount(Decimal(row["worth"]), currency),
        ]
        for row in content["kinds"]
    ]
    return Table(
        title=_("What it cost, by kind"),
        columns=[pgettext("sponsorship", "Cost"), pgettext("cost", "Planned"), _("Spent")],
        rows=rows,
        total=sum_row(rows, 3),
        bars=[(str(row[0]), Decimal(told["worth"])) for row, told in zip(rows, content["kinds"], strict=True)],
    )


def _regions(content: dict[str, Any], names: Names, currency: str) -> Table:
    rows: list[list[Cell]] = [
        [names.region(row["region"]), row["people"], Amount(Decimal(row["worth"]), currency)]
        for row in content["regions"]
    ]
    return Table(
        title=_("By region"),
        columns=[_("Region"), pgettext("sponsorship", "People who came"), _("Spent")],
        rows=rows,
        total=sum_row(rows, 3),
        bars=[(str(row[0]), Decimal(told["people"])) for row, told in zip(rows, content["regions"], strict=True)],
    )


def _contributions(content: dict[str, Any], names: Names, currency: str) -> Table:
    """Of several currencies only what was spent adds up."""
    rows: list[list[Cell]] = [
        [
            names.donor(row["donor"]),
            Amount(Decimal(row["pledged"]), row["of"]),
            Amount(Decimal(row["received"]), row["of"]),
            Amount(Decimal(row["worth"]), currency),
        ]
        for row in content["contributions"]
    ]
    spent = sum((Decimal(row["worth"]) for row in content["contributions"]), Decimal(0))
    return Table(
        title=_("Contributions"),
        columns=[_("Donor"), _("Pledged, not received"), _("Received"), _("Spent in this round")],
        rows=rows,
        total=[_("Together"), "", "", Amount(spent, currency)] if rows else [],
        note=_("A contribution may serve several meetings and years."),
    )


def _programmes(content: dict[str, Any], names: Names) -> Table:
    rows: list[list[Cell]] = [
        [
            names.organisations.get(row["organisation"], row["organisation"]),
            row["persons"],
            "" if row["women"] is None else row["women"],
        ]
        for row in content["programmes"]
    ]
    return Table(
        title=_("Observers’ own programmes"),
        columns=[_("Organisation"), pgettext("sponsorship", "People"), _("Women")],
        rows=rows,
        note=_("Run and paid by the organisations themselves. They are in none of the figures above."),
    )


def _moves(content: dict[str, Any]) -> list[str]:
    moves, absent = content["moves"], content["absent"]
    told = []
    if moves["offered"]:
        words = ngettext(
            "%(count)s place that came free went to the next on the waiting list.",
            "%(count)s places that came free went to the next on the waiting list.",
            moves["offered"],
        )
        told.append(words % {"count": number_text(moves["offered"])})
    if absent["excused"] + absent["counted"]:
        words = ngettext(
            "%(count)s person did not come; excused: %(excused)s.",
            "%(count)s people did not come; excused: %(excused)s.",
            absent["excused"] + absent["counted"],
        )
        both = {
            "count": number_text(absent["excused"] + absent["counted"]),
            "excused": number_text(absent["excused"]),
        }
        told.append(words % both)
    return told


def _tickets(content: dict[str, Any], currency: str) -> list[str]:
    tickets = content["tickets"]
    if not tickets["returned"] + tickets["lost"]:
        return []
    words = _("Tickets returned: %(returned)s, unused without a refund: %(lost)s. For tickets came back: %(amount)s.")
    return [
        words
        % {
            "returned": number_text(tickets["returned"]),
            "lost": number_text(tickets["lost"]),
            "amount": money.told(Decimal(tickets["refunded"]), currency),
        }
    ]


def _savings(content: dict[str, Any], currency: str) -> list[str]:
    saved = content["savings"]
    if not saved:
        return []
    words = ngettext(
        "Saved by journeys shared with %(meeting)s: %(amount)s. %(count)s person was there on the days of both"
        " meetings with one ticket; a second ticket is counted at the price of the first.",
        "Saved by journeys shared with %(meeting)s: %(amount)s. %(count)s people were there on the days of both"
        " meetings with one ticket each; a second ticket is counted at the price of the first.",
        saved["people"],
    )
    return [
        words
        % {
            "meeting": saved["title"],
            "amount": money.told(Decimal(saved["worth"]), currency),
            "count": number_text(saved["people"]),
        }
    ]
