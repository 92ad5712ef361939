"""What donors promise and send: pledges, receipts, money that goes back, a currency that changes.

What is still to come of a contribution stands in its account PLEDGED: what was promised for all years together, less
what was received. Money received meets the instalments in the order of their years; more than was promised is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import Organisation, RegionGroup, State, User
from ccm_portal.core.writing import date_text
from committees.domain.said import WorkRefused, said, seen
from meetings.models import Meeting
from sponsorship.domain import ledger, money
from sponsorship.domain.instalments import open_parts
from sponsorship.domain.ledger import Move
from sponsorship.domain.rates import Rates
from sponsorship.enums import AccountKind, EarmarkKind, EntryKind
from sponsorship.models import Contribution, LedgerEntry, Posting

YEARS_AHEAD = 15
NOTE = 2000


@dataclass(frozen=True, kw_only=True)
class Promised:
    """What is promised for one year, and by when, if that was said."""

    year: int
    amount: Decimal
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a donor says with its pledge. ``earmarks`` are kinds that need no more words."""

    pledged_on: date
    instalments: Sequence[Promised]
    reference: str = ""
    note: str = ""
    is_named: bool = True  # in the report to the meeting
    earmarks: frozenset[str] = frozenset()
    regions: Sequence[RegionGroup] = field(default_factory=tuple)
    meetings: Sequence[Meeting] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class Received:
    """A receipt, and how much of it is more than was promised."""

    entry: LedgerEntry
    over: Decimal


@transaction.atomic
def pledge(*, donor: State | Organisation, currency: str, terms: Terms, by: User, at: datetime) -> Contribution:
    """Enter what a donor promises in one currency, for one or several years.

    :raises WorkRefused: where nothing is promised, a year is promised twice, or the same was entered before.
    """
    _check(terms, currency, on=at.date())
    whose = {
        "state": donor if isinstance(donor, State) else None,
        "organisation": donor if isinstance(donor, Organisation) else None,
    }
    _refuse_again(Contribution.objects.filter(**whose, currency=currency), terms)
    made = Contribution(**whose, currency=currency, made_by=by, made_at=at)
    _write(made, terms)
    _promise(made, EntryKind.PLEDGE, by=by, at=at, day=terms.pledged_on)
    _record("pledge", made, by=by, at=at)
    return made


@transaction.atomic
def change(
    *, contribution: Contribution, terms: Terms, reason: str, version: int, by: User, at: datetime
) -> Contribution:
    """Enter that a donor promises something else, or for something else. What is held already stays held.

    :raises WorkChanged: if it was changed since.
    :raises WorkRefused: where nothing is promised, or a year is promised twice.
    """
    row = seen(contribution, version)
    _check(terms, row.currency, on=at.date())
    reason = said(reason, longest=300)
    row.instalments.all().delete()
    row.earmarks.all().delete()
    row.version += 1
    _write(row, terms)
    _promise(row, EntryKind.PLEDGE_CHANGED, by=by, at=at, day=at.date(), note=reason)
    _record("change", row, by=by, at=at)
    return row


@transaction.atomic
def receive(
    *,
    contribution: Contribution,
    amount: Decimal,
    day: date,
    reference: str,
    note: str,
    version: int,
    by: User,
    at: datetime,
) -> Received:
    """Enter money that came into the bank. It can be offered from now on.

    :raises WorkChanged: if the contribution was changed since.
    :raises WorkRefused: where the bank's reference was entered before, or the day is ahead.
    """
    row = seen(contribution, version)
    reference = said(reference, longest=120, empty=_("Write the bank's reference."))
    _check_amount(amount, row.currency)
    _check_day(day, on=at.date())
    again = _again(row, EntryKind.RECEIPT, reference)
    to_come = ledger.balance(row, AccountKind.PLEDGED)
    met = min(amount, to_come)
    moves = [Move(to=AccountKind.DONOR, amount=-amount), Move(to=AccountKind.FREE, amount=amount)]
    if met:
        moves += [Move(to=AccountKind.PLEDGED, amount=-met), Move(to=AccountKind.PLEDGER, amount=met)]
    entry = ledger.post(
        kind=EntryKind.RECEIPT,
        contribution=row,
        moves=moves,
        day=day,
        reference=reference,
        again=again,
        note=said(note, longest=300),
        by=by,
        at=at,
    )
    _touch(row)
    _record("receive", row, by=by, at=at, entry=entry)
    return Received(entry=entry, over=amount - met)


@transaction.atomic
def give_back(
    *,
    contribution: Contribution,
    amount: Decimal,
    day: date,
    reference: str,
    note: str,
    version: int,
    by: User,
    at: datetime,
) -> LedgerEntry:
    """Enter money that went back to the donor: what is free, never what is held or spent.

    :raises WorkChanged: if the contribution was changed since.
    :raises WorkRefused: where less than that is free, or the bank's reference was entered before.
    """
    row = seen(contribution, version)
    reference = said(reference, longest=120, empty=_("Write the bank's reference."))
    _check_amount(amount, row.currency)
    _check_day(day, on=at.date())
    again = _again(row, EntryKind.RETURN, reference)
    if amount > (free := ledger.balance(row, AccountKind.FREE)):
        raise WorkRefused(_("Only %(amount)s is free.") % {"amount": money.told(free, row.currency)})
    entry = ledger.post(
        kind=EntryKind.RETURN,
        contribution=row,
        moves=[Move(to=AccountKind.FREE, amount=-amount), Move(to=AccountKind.DONOR, amount=amount)],
        day=day,
        reference=reference,
        again=again,
        note=said(note, longest=300),
        by=by,
        at=at,
    )
    _touch(row)
    _record("give_back", row, by=by, at=at, entry=entry)
    return entry


@transaction.atomic
def change_currency(
    *, contribution: Contribution, currency: str, day: date, reference: str, version: int, by: User, at: datetime
) -> Contribution:
    """Enter that a donor goes on in another currency from a day: what is still to come is written off here, and
    promised anew in a contribution that ``replaces`` this one, at the rate of the day. What was received stays.

    :raises WorkChanged: if it was changed since.
    :raises WorkRefused: where nothing is to come, or it was replaced already.
    :raises RateMissing: where no rate counts on the day.
    """
    row = seen(contribution, version)
    _check_day(day, on=at.date())
    if currency == row.currency:
        raise WorkRefused(_("Choose another currency."))
    if Contribution.objects.filter(replaces=row).exists():
        raise WorkRefused(_("Its currency was changed already: change the contribution that took its place."))
    parts = [part for part in open_parts([row])[row.pk] if part.open]
    if not parts:
        raise WorkRefused(_("Everything that was promised has come in: nothing is left to change."))
    rates = Rates.of(day, currencies=(row.currency, currency))
    rate = rates.row(row.currency, currency)
    made = Contribution.objects.create(
        state=row.state,
        organisation=row.organisation,
        currency=currency,
        pledged_on=day,
        reference=said(reference, longest=120),
        note=row.note,
        is_named=row.is_named,
        replaces=row,
        made_by=by,
        made_at=at,
    )
    for earmark in row.earmarks.all():
        made.earmarks.create(kind=earmark.kind, meeting=earmark.meeting, region_group=earmark.region_group)
    for part in parts:
        one = part.instalment
        worth = rates.worth(part.open, row.currency, currency).amount
        if worth:
            made.instalments.create(year=one.year, amount=worth, due_on=one.due_on)
        if part.received:
            one.amount = part.received
            one.save()
        else:
            one.delete()
    _promise(row, EntryKind.PLEDGE_CHANGED, by=by, at=at, day=day, rate=rate)
    _promise(made, EntryKind.PLEDGE, by=by, at=at, day=day, rate=rate)
    _touch(row)
    _record("change_currency", made, by=by, at=at)
    return made


@transaction.atomic
def undo(*, entry: LedgerEntry, reason: str, version: int, by: User, at: datetime) -> LedgerEntry:
    """Take back a receipt, or a return, that was entered wrongly: by its opposite; both stay.

    :raises WorkChanged: if the contribution was changed since.
    :raises WorkRefused: where it was undone already, or its money is in use.
    """
    row = seen(entry.contribution, version)
    reason = said(reason, longest=300, empty=_("Write the reason."))
    if entry.kind not in (EntryKind.RECEIPT, EntryKind.RETURN):
        raise WorkRefused(_("Only what came in or went back can be undone here. A cost is undone in its settlement."))
    if LedgerEntry.objects.filter(undoes=entry).exists():
        raise WorkRefused(_("It was undone already."))
    amount = Posting.objects.get(entry=entry, account__kind=AccountKind.FREE).amount
    free = ledger.balance(row, AccountKind.FREE)
    if amount > free:
        raise WorkRefused(
            _("The money is in use already: only %(amount)s is free.") % {"amount": money.told(free, row.currency)}
        )
    moves = [Move(to=AccountKind.FREE, amount=-amount), Move(to=AccountKind.DONOR, amount=amount)]
    change = _still_to_come(row, received_less=amount if entry.kind == EntryKind.RECEIPT else Decimal(0))
    if change:
        moves += [Move(to=AccountKind.PLEDGED, amount=change), Move(to=AccountKind.PLEDGER, amount=-change)]
    made = ledger.post(
        kind=EntryKind.CORRECTION,
        contribution=row,
        moves=moves,
        day=at.date(),
        reference=entry.reference,
        note=reason,
        undoes=entry,
        by=by,
        at=at,
    )
    _touch(row)
    _record("undo", row, by=by, at=at, entry=made)
    return made


def received(contribution: Contribution) -> Decimal:
    """All that came in and was not undone, whether it went back later or not."""
    came = Posting.objects.filter(
        account__contribution=contribution,
        account__kind=AccountKind.FREE,
        entry__kind=EntryKind.RECEIPT,
        entry__undone_by=None,
    )
    return came.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def _still_to_come(row: Contribution, *, received_less: Decimal = Decimal(0)) -> Decimal:
    """By how much the account of what is to come has to move: to what is promised, less what was received."""
    promised = row.instalments.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    should = max(Decimal(0), promised - (received(row) - received_less))
    return should - ledger.balance(row, AccountKind.PLEDGED)


def _promise(
    row: Contribution, kind: EntryKind, *, by: User, at: datetime, day: date, note: str = "", rate: object = None
) -> None:
    if change := _still_to_come(row):
        ledger.post(
            kind=kind,
            contribution=row,
            moves=[Move(to=AccountKind.PLEDGED, amount=change), Move(to=AccountKind.PLEDGER, amount=-change)],
            day=day,
            note=note,
            rate=rate,  # type: ignore[arg-type]
            by=by,
            at=at,
        )


def _check(terms: Terms, currency: str, *, on: date) -> None:
    if not terms.instalments:
        raise WorkRefused(_("Write at least one year with its amount."))
    _check_day(terms.pledged_on, on=on)
    years = [one.year for one in terms.instalments]
    for year in years:
        if years.count(year) > 1:
            raise WorkRefused(_("The year %(year)s stands there twice.") % {"year": year})
        if not 2000 <= year <= on.year + YEARS_AHEAD:
            raise WorkRefused(_("Check the year %(year)s.") % {"year": year})
    for one in terms.instalments:
        _check_amount(one.amount, currency)


def _refuse_again(rows: QuerySet[Contribution], terms: Terms) -> None:
    """:raises WorkRefused: where a form that was sent already is sent again."""
    alike = rows.filter(pledged_on=terms.pledged_on, reference=said(terms.reference, longest=120))
    for row in alike.prefetch_related("instalments", "earmarks"):
        years = {(one.year, one.amount) for one in row.instalments.all()}
        plain = {one.kind for one in row.earmarks.all()} - {EarmarkKind.REGION, EarmarkKind.MEETING}
        regions = {one.region_group_id for one in row.earmarks.all() if one.region_group_id}
        if years == {(one.year, one.amount) for one in terms.instalments} and (plain, regions) == (
            set(terms.earmarks),
            {one.pk for one in terms.regions},
        ):
            raise WorkRefused(_("The same pledge was entered already, on %(day)s.") % {"day": date_text(row.made_at)})


def _check_amount(amount: Decimal, currency: str) -> None:
    if amount <= 0:
        raise WorkRefused(_("The amount must be more than zero."))
    if not money.is_whole(amount, currency):
        least = money.told(money.unit(currency), currency)
        raise WorkRefused(_("The smallest amount is %(amount)s: write no more digits than that.") % {"amount": least})
    if amount >= Decimal(10) ** 11:
        raise WorkRefused(_("Check the amount."))


def _check_day(day: date, *, on: date) -> None:
    if day > on:
        raise WorkRefused(_("%(day)s is still ahead.") % {"day": date_text(day)})


def _again(row: Contribution, kind: EntryKind, reference: str) -> int:
    """How often an entry of this reference was undone before.

    :raises WorkRefused: where one stands.
    """
    found = LedgerEntry.objects.filter(contribution=row, kind=kind, reference=reference)
    if stands := found.filter(undone_by=None).first():
        raise WorkRefused(
            _("The reference %(reference)s was entered already, on %(entered)s, for money of %(day)s.")
            % {"reference": reference, "entered": date_text(stands.at.date()), "day": date_text(stands.day)}
        )
    return found.count()


def _write(row: Contribution, terms: Terms) -> None:
    row.pledged_on = terms.pledged_on
    row.reference = said(terms.reference, longest=120)
    row.note = said(terms.note, longest=NOTE)
    row.is_named = terms.is_named
    row.save()
    for one in terms.instalments:
        row.instalments.create(year=one.year, amount=one.amount, due_on=one.due_on)
    for kind in sorted(terms.earmarks):
        row.earmarks.create(kind=EarmarkKind(kind))
    for group in terms.regions:
        row.earmarks.create(kind=EarmarkKind.REGION, region_group=group)
    for meeting in terms.meetings:
        row.earmarks.create(kind=EarmarkKind.MEETING, meeting=meeting)


def _touch(row: Contribution) -> None:
    row.version += 1
    row.save(update_fields=["version"])


def _record(what: str, row: Contribution, *, by: User, at: datetime, entry: LedgerEntry | None = None) -> None:
    """No amount goes into the register: it names the donor."""
    register.append(
        action=f"sponsorship.contribution.{what}",
        by=by,
        at=at,
        state=row.state,
        obj=row,
        data={"entry": entry.pk} if entry else {},
    )
