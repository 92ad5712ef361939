"""The ledger in words: what each entry was, where the money went, and what was free after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

from ccm_portal.core.sheets import Value
from ccm_portal.core.writing import date_text, labelled, listed
from reporting.domain.tables import Listing
from sponsorship.domain import money
from sponsorship.domain.rate_entry import in_words
from sponsorship.enums import AccountKind, EntryKind
from sponsorship.models import LedgerEntry, Posting

COLUMNS = (
    "entry", "day", "entered", "kind", "donor", "currency", "amount", "from", "to", "worth", "round_currency", "round",
    "state", "cost", "reference", "rate", "undoes", "note",
)  # fmt: skip
# Which side of an entry is told, where it has more than two: the money itself before what was promised.
TELLING = (AccountKind.FREE, AccountKind.SPENT, AccountKind.HELD, AccountKind.PLEDGED)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One entry. ``free`` is what was free of the contribution after it, where that is asked for."""

    entry: LedgerEntry
    title: str
    whose: str  # the State and the meeting of the offer, where there is one
    details: list[str]
    amount: str
    way: str
    free: str = ""
    can_be_undone: bool = False


def sides(entry: LedgerEntry) -> tuple[Posting, Posting]:
    """Where the money came from and where it went: of a receipt the bank, and not the promise that it meets."""
    order = {kind: n for n, kind in enumerate(TELLING)}
    postings = sorted(entry.postings.all(), key=lambda one: (order.get(AccountKind(one.account.kind), 9), one.pk))
    first = postings[0]
    promise = (AccountKind.PLEDGED, AccountKind.PLEDGER)
    alike = [one for one in postings[1:] if (one.account.kind in promise) == (first.account.kind in promise)]
    other = alike[0]
    return (first, other) if first.amount < 0 else (other, first)


def lines(entries: Iterable[LedgerEntry], *, running: bool = False) -> list[Line]:
    """The entries in words, in the order in which they come. ``running`` adds what was free after each: then they are
    all those of one contribution, the earliest first."""
    found, free, arrow = [], Decimal(0), "←" if get_language_bidi() else "→"
    for entry in entries:
        free += sum((one.amount for one in entry.postings.all() if one.account.kind == AccountKind.FREE), Decimal(0))
        source, to = sides(entry)
        currency = entry.contribution.currency
        undone = getattr(entry, "undone_by", None)
        found.append(
            Line(
                entry=entry,
                title=_title(entry),
                whose=listed([entry.offer.state.name, entry.round.meeting.short_name])
                if entry.offer and entry.round
                else "",
                details=_details(entry, undone),
                amount=money.told(to.amount, currency),
                way=f" {arrow} ".join((source.account.get_kind_display(), to.account.get_kind_display())),
                free=money.told(free, currency) if running else "",
                can_be_undone=undone is None and entry.kind in (EntryKind.RECEIPT, EntryKind.RETURN),
            )
        )
    return found


def listing(entries: Iterable[LedgerEntry], *, coded: bool = False) -> Listing:
    """The entries as a file; ``coded`` keeps the words for programs."""
    return Listing(
        keys=COLUMNS,
        labels=(
            pgettext("ledger", "Entry"), _("Day"), _("Entered on"), _("Kind"), _("Donor"), _("Currency"), _("Amount"),
            pgettext("ledger", "Out of"), pgettext("ledger", "Into"), _("Worth in the round's currency"),
            _("Currency of the round"), pgettext("sponsorship", "Round"), _("State"), pgettext("ledger", "Cost"),
            _("Reference"), _("Exchange rate"), pgettext("ledger", "Undoes"), _("Note"),
        ),
        rows=[_row(entry, coded) for entry in entries],
        title=pgettext("ledger", "Ledger"),
        mark=_("For sponsorship officers. It names donors and the States of those who were sponsored."),
    )  # fmt: skip


def _title(entry: LedgerEntry) -> str:
    kind = str(EntryKind(entry.kind).label)
    return labelled(kind, entry.cost.get_kind_display()) if entry.cost else kind


def _details(entry: LedgerEntry, undone: LedgerEntry | None) -> list[str]:
    """What else is to be said of it: by which reference and rate, what it undoes, why."""
    told = []
    if entry.reference:
        told.append(labelled(_("Reference"), entry.reference))
    if entry.worth is not None and entry.round and entry.round.currency != entry.contribution.currency:
        told.append(_("worth %(amount)s") % {"amount": money.told(entry.worth, entry.round.currency)})
    if entry.rate:
        told.append(in_words(entry.rate))
    if entry.undoes_id and entry.undoes:
        told.append(_("takes back what was entered on %(day)s") % {"day": date_text(entry.undoes.at.date())})
    if undone:
        told.append(_("taken back on %(day)s") % {"day": date_text(undone.at.date())})
    if entry.note:
        told.append(entry.note)
    return told


def _row(entry: LedgerEntry, coded: bool) -> tuple[Value, ...]:
    source, to = sides(entry)
    donor = entry.contribution.donor
    return (
        entry.pk,
        entry.day,
        entry.at.date(),
        entry.kind if coded else str(EntryKind(entry.kind).label),
        donor.name,
        entry.contribution.currency,
        to.amount,
        source.account.kind if coded else str(AccountKind(source.account.kind).label),
        to.account.kind if coded else str(AccountKind(to.account.kind).label),
        entry.worth,
        entry.round.currency if entry.round else "",
        entry.round.key if entry.round else "",
        entry.offer.state.iso3 if entry.offer else "",
        (entry.cost.kind if coded else entry.cost.get_kind_display()) if entry.cost else "",
        entry.reference,
        in_words(entry.rate) if entry.rate else "",
        entry.undoes_id,
        entry.note,
    )
