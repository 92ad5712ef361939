"""The figures of a report in the words of the active language: tables that pages, PDF and spreadsheet show alike, so
that no sum differs between them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ccm_portal.core.models import Organisation, RegionGroup, State
from ccm_portal.core.writing import number_text
from sponsorship.domain import money
from sponsorship.enums import CostKind
from sponsorship.models import Round


@dataclass(frozen=True)
class Amount:
    """An amount in its currency; nothing where it is not known."""

    value: Decimal | None
    currency: str

    def __str__(self) -> str:
        return "—" if self.value is None else money.told(self.value, self.currency)


Cell = str | int | Amount


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of a report. ``bars`` are the same figures as lengths, where lengths say something."""

    title: str
    columns: Sequence[str]  # the first heads the rows; what stands in the others is a number
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] = ()
    note: str = ""
    bars: Sequence[tuple[str, Decimal]] = ()

    @property
    def bar_rows(self) -> list[dict[str, object]]:
        """The bars as ``chart_bars`` takes them."""
        return [{"label": label, "number": number.normalize() + 0} for label, number in self.bars]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A whole report in words. ``numbers`` are the few that come first."""

    title: str
    lede: str
    currency: str
    numbers: list[tuple[str, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Names:
    """Names of what the figures speak of, read once."""

    regions: dict[str, str]
    states: dict[str, str]
    organisations: dict[str, str]

    @classmethod
    def of(cls, content: dict[str, Any]) -> "Names":
        donors = [row["donor"] for row in content.get("contributions", [])] + [content.get("donor", {})]
        slugs = {donor["state"] for donor in donors if donor.get("state")}
        keys = {donor["organisation"] for donor in donors if donor.get("organisation")}
        keys |= {row["organisation"] for row in content.get("programmes", [])}
        return cls(
            {one.key: one.name for one in RegionGroup.objects.all()},
            {one.slug: one.name for one in State.objects.filter(slug__in=slugs)} if slugs else {},
            {one.key: one.name for one in Organisation.objects.filter(key__in=keys)} if keys else {},
        )

    def region(self, key: str) -> str:
        return self.regions.get(key, _("Without a region"))

    def donor(self, donor: dict[str, str]) -> str:
        if donor.get("state"):
            return self.states.get(donor["state"], donor["state"])
        if donor.get("organisation"):
            return self.organisations.get(donor["organisation"], donor["organisation"])
        return _("Donors who asked not to be named")


def of_donor(content: dict[str, Any], round: Round) -> Told:
    """The report to a donor."""
    names = Names.of(content)
    of, currency, people = content["of"], content["currency"], content["people"]
    received = Amount(Decimal(content["money"]["received"]), of)
    spent = Amount(Decimal(content["money"]["spent"]), of)
    tables = [
        _where(content, of, currency),
        _spent_by(
            _("Spent, by kind of cost"),
            pgettext("sponsorship", "Cost"),
            [(str(CostKind(row["kind"]).label), row) for row in content["kinds"]],
            of,
            currency,
        ),
        _spent_by(
            _("Spent, by region"),
            _("Region"),
            [(names.region(row["region"]), row) for row in content["regions"]],
            of,
            currency,
            people=True,
        ),
        people_table(people),
    ]
    return Told(
        title=_("Report to a donor: %(donor)s") % {"donor": names.donor(content["donor"])},
        lede=_("What the contribution did for sponsorship to this meeting. Of the people only numbers are told."),
        currency=of,
        numbers=[
            (_("Received"), str(received)),
            (_("Spent"), str(spent)),
            (pgettext("sponsorship", "People"), number_text(people["all"])),
            (_("Women"), number_text(people["women"])),
        ],
        tables=[table for table in tables if table.rows],
        remarks=still_open(content),
    )


def _where(content: dict[str, Any], of: str, currency: str) -> Table:
    """Each place of the money, in the donor's currency and, where that is another, in the round's."""
    money_, worth = content["money"], content["worth"]
    both = of != currency
    rows: list[list[Cell]] = []
    for name, label in (
        ("returned", _("Returned to the donor")),
        ("free", pgettext("money", "Free")),
        ("held", _("Held for offers")),
        ("spent", _("Spent")),
        ("elsewhere", _("In other rounds")),
        ("exchanged", _("Exchanged")),
    ):
        if name in worth or Decimal(money_[name]):
            row: list[Cell] = [label, Amount(Decimal(money_[name]), of)]
            if both:
                row.append(_amount(worth[name], currency) if name in worth else "")
            rows.append(row)
    total: list[Cell] = [_("Received"), Amount(Decimal(money_["received"]), of)]
    if both:
        total.append("")
    pledged = Decimal(money_["pledged"])
    note = _("Pledged, and not received: %(amount)s.") % {"amount": money.told(pledged, of)} if pledged else ""
    return Table(
        title=_("Where the money is"),
        columns=[pgettext("money", "Where"), of] + ([currency] if both else []),
        rows=rows,
        total=total,
        note=note,
    )


def _spent_by(
    title: str, first: str, rows: list[tuple[str, dict[str, Any]]], of: str, currency: str, *, people: bool = False
) -> Table:
    both = of != currency
    made: list[list[Cell]] = []
    for label, row in rows:
        cells: list[Cell] = [label] + ([row["people"]] if people else []) + [Amount(Decimal(row["spent"]), of)]
        made.append(cells + ([Amount(Decimal(row["worth"]), currency)] if both else []))
    columns = [first] + ([pgettext("sponsorship", "People")] if people else []) + [of] + ([currency] if both else [])
    return Table(
        title=title,
        columns=columns,
        rows=made,
        total=sum_row(made, len(columns)),
        bars=[(label, Decimal(row["spent"])) for label, row in rows],
    )


def sum_row(rows: list[list[Cell]], width: int) -> list[Cell]:
    """The last row: what the columns add up to. Nothing where there is nothing to add."""
    if not rows:
        return []
    total: list[Cell] = [_("Together")]
    for at in range(1, width):
        amounts = [cell for row in rows if isinstance(cell := row[at], Amount)]
        if amounts:
            total.append(Amount(sum((one.value or Decimal(0) for one in amounts), Decimal(0)), amounts[0].currency))
        else:
            total.append(sum(cell for row in rows if isinstance(cell := row[at], int)))
    return total


def people_table(people: dict[str, int]) -> Table:
    """How many, and of whom. One person may count in several rows, so nothing is added up."""
    rows: list[list[Cell]] = [
        [pgettext("sponsorship", "People"), people["all"]],
        [_("States"), people["states"]],
        [_("Women"), people["women"]],
        [_("Men"), people["men"]],
        [_("Gender not said, or other"), people["not_said"]],
        [_("From affected States"), people["affected"]],
        [_("From least developed countries"), people["least_developed"]],
    ]
    return Table(
        title=_("Who came") if people["all"] else _("Nobody came yet"),
        columns=[pgettext("sponsorship", "Who"), pgettext("sponsorship", "How many")],
        rows=[row for row in rows if row[1] or row is rows[0]],
    )


def still_open(content: dict[str, Any]) -> list[str]:
    """That figures may still move."""
    if not content["unsettled"]:
        return [_("Everything in this round is settled.")]
    words = ngettext(
        "%(count)s offer of the round is not settled: a later report will say more.",
        "%(count)s offers of the round are not settled: a later report will say more.",
        content["unsettled"],
    )
    return [words % {"count": number_text(content["unsettled"])}]


def _amount(value: str | None, currency: str) -> Amount:
    return Amount(None if value is None else Decimal(value), currency)
