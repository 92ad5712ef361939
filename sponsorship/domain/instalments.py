"""How far what was promised has come in, year by year."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from sponsorship.enums import AccountKind, EntryKind
from sponsorship.models import Contribution, Instalment, Posting


@dataclass(frozen=True, kw_only=True)
class InstalmentPart:
    """What of one year's promise has come in."""

    instalment: Instalment
    received: Decimal

    @property
    def open(self) -> Decimal:
        return self.instalment.amount - self.received


def open_parts(contributions: Iterable[Contribution]) -> dict[int, list[InstalmentPart]]:
    """By contribution, its instalments in the order of their years, each met before the next. Two queries."""
    keys = [one.pk for one in contributions]
    came = Posting.objects.filter(
        account__contribution__in=keys,
        account__kind=AccountKind.FREE,
        entry__kind=EntryKind.RECEIPT,
        entry__undone_by=None,
    )
    sums = came.values_list("account__contribution").annotate(sum=Sum("amount")).order_by("account__contribution")
    left = dict.fromkeys(keys, Decimal(0)) | dict(sums)
    found: dict[int, list[InstalmentPart]] = {key: [] for key in keys}
    for one in Instalment.objects.filter(contribution__in=keys).order_by("contribution", "year"):
        met = min(one.amount, left[one.contribution_id])
        left[one.contribution_id] -= met
        found[one.contribution_id].append(InstalmentPart(instalment=one, received=met))
    return found
