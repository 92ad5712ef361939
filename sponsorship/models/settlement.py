"""What journeys did cost, and the reports that were issued."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from ccm_portal.core.models import StoredFile
from sponsorship.enums import CURRENCIES, CostKind
from sponsorship.models.assessment import Offer
from sponsorship.models.money import Contribution, ExchangeRate
from sponsorship.models.rounds import Round
from sponsorship.models.sealed import SealedFile


class ActualCost(models.Model):
    """One thing that was paid, or came back (below zero), with its receipt. The ledger says from whose money."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="costs")
    kind = models.CharField(max_length=10, choices=CostKind)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, choices=[(code, code) for code in CURRENCIES])
    rate = models.ForeignKey(ExchangeRate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    worth = models.DecimalField(max_digits=12, decimal_places=2)  # in the round's currency
    paid_on = models.DateField()
    reference = models.CharField(max_length=120)  # of the invoice or receipt
    note = models.CharField(max_length=300, blank=True)
    receipt = models.ForeignKey(SealedFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")
    is_undone = models.BooleanField(default=False)  # by the row that ``undoes`` it
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "kind", "reference"],
                condition=Q(undoes=None, is_undone=False, amount__gt=0),
                name="paid_once_a_reference",
            ),
            models.UniqueConstraint(
                fields=["offer", "kind", "reference"],
                condition=Q(undoes=None, is_undone=False, amount__lt=0),
                name="came_back_once_a_reference",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="cost_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.kind} {self.amount}"


class IssuedAccount(models.Model):
    """A report of a round as it was issued: to one donor, or, without a contribution, to the meeting.

    The database refuses to change or delete a row."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="issued_accounts")
    contribution = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.PROTECT, related_name="issued_accounts"
    )
    number = models.PositiveSmallIntegerField(default=1)
    content = models.TextField()  # canonical JSON
    content_hash = models.CharField(max_length=64)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "contribution", "number"], nulls_distinct=False, name="account_issued_once_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.contribution_id or ''} {self.number}"


class IssuedAccountPdf(models.Model):
    """The PDF of an issued report, in one language, made once: when somebody first asks for it."""

    account = models.ForeignKey(IssuedAccount, on_delete=models.PROTECT, related_name="pdfs")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "language"], name="account_pdf_once_a_language")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.language}"
