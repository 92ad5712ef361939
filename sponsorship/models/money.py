"""What donors give, and the ledger: where every cent is."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ccm_portal.core.models import Organisation, RegionGroup, State
from meetings.models import Meeting
from sponsorship.enums import CURRENCIES, OUTSIDE, AccountKind, EarmarkKind, EntryKind
from sponsorship.models.rounds import Round

CODES = [(code, code) for code in CURRENCIES]


class Contribution(models.Model):
    """What one donor promised in one currency, for one or several years. Pledged and received are the ledger's.

    A donor that changes its currency makes a new one, which ``replaces`` the first for what was still to come."""

    state = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="contributions")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    currency = models.CharField(max_length=3, choices=CODES)
    pledged_on = models.DateField()
    reference = models.CharField(max_length=120, blank=True)  # of the note verbale or agreement
    note = models.TextField(blank=True)
    is_named = models.BooleanField(default=True)  # in the report to the meeting, unless the donor asked otherwise
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__isnull=False, organisation=None) | Q(state=None, organisation__isnull=False),
                name="contribution_is_of_one_donor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.currency}"

    @property
    def donor(self) -> State | Organisation:
        return self.state or self.organisation


class Instalment(models.Model):
    """What is promised for one year."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="instalments")
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "year"], name="instalment_once_a_year"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.year}"


class Earmark(models.Model):
    """What a contribution may be used for. Kinds must all be met; of several regions, or meetings, one is enough."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="earmarks")
    kind = models.CharField(max_length=16, choices=EarmarkKind)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    region_group = models.ForeignKey(RegionGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="meeting", meeting__isnull=False, region_group=None)
                | Q(kind="region", meeting=None, region_group__isnull=False)
                | Q(kind__in=["least_developed", "women", "affected"], meeting=None, region_group=None),
                name="earmark_says_for_what",
            ),
            models.UniqueConstraint(
                fields=["contribution", "kind", "meeting", "region_group"],
                nulls_distinct=False,
                name="earmark_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.kind}"


class ExchangeRate(models.Model):
    """How many ``quote`` one ``base`` was worth on a day, and who said so. Rows are added, never changed."""

    base = models.CharField(max_length=3, choices=CODES)
    quote = models.CharField(max_length=3, choices=CODES)
    day = models.DateField()
    rate = models.DecimalField(max_digits=18, decimal_places=8)
    source = models.CharField(max_length=300)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["base", "quote", "day"], name="one_rate_a_day"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="rate_is_positive"),
            models.CheckConstraint(condition=~Q(base=models.F("quote")), name="rate_is_between_two_currencies"),
        ]

    def __str__(self) -> str:
        return f"{self.base}/{self.quote} {self.day}"


class LedgerAccount(models.Model):
    """Where money of one contribution is. The database keeps ``balance`` as postings come, and refuses to let what is
    pledged, free, held or spent fall below zero."""

    kind = models.CharField(max_length=8, choices=AccountKind)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="accounts")
    offer = models.ForeignKey(
        "sponsorship.Offer", null=True, blank=True, on_delete=models.PROTECT, related_name="accounts"
    )  # of HELD and SPENT
    currency = models.CharField(max_length=3, choices=CODES)
    balance = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "contribution", "offer", "currency"], nulls_distinct=False, name="account_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[str(kind) for kind in OUTSIDE]) | Q(balance__gte=0),
                name="no_money_that_is_not_there",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["held", "spent"], offer__isnull=False)
                | (~Q(kind__in=["held", "spent"]) & Q(offer=None)),
                name="held_and_spent_are_of_an_offer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.contribution_id} {self.offer_id or ''} {self.currency}"


class LedgerEntry(models.Model):
    """One movement of money of one contribution. Never changed: what was wrong is undone by another entry."""

    kind = models.CharField(max_length=14, choices=EntryKind)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="entries")
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    offer = models.ForeignKey(
        "sponsorship.Offer", null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    cost = models.ForeignKey(
        "sponsorship.ActualCost", null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    day = models.DateField()  # of the bank, or of the act
    worth = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)  # in the round's currency
    rate = models.ForeignKey(ExchangeRate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=120, blank=True)  # of the bank, once for each receipt and return
    again = models.PositiveSmallIntegerField(default=0)  # how many entries of this reference were undone before
    note = models.CharField(max_length=300, blank=True)
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "ledger entries"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "contribution", "reference", "again"],
                condition=Q(kind__in=["receipt", "return"]) & ~Q(reference=""),
                name="money_comes_once_a_reference",
            ),
        ]
        indexes = [models.Index(fields=["round", "kind"], name="entries_of_a_round")]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"


class Posting(models.Model):
    """One side of an entry. Those of an entry add up to zero in each currency, or the database refuses them."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="postings")
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="posting_moves_something")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.account_id} {self.amount}"
