"""The journey of a sponsored person, and what is owed for it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from meetings.models import Statement
from sponsorship.enums import DutyKind, PassportStanding, VisaStatus
from sponsorship.models.assessment import Offer


class TravelFile(models.Model):
    """One journey: passport, visa, insurance, nights, allowance. Numbers and health are sealed elsewhere."""

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="travel")
    arrives = models.DateField(null=True, blank=True)
    departs = models.DateField(null=True, blank=True)
    passport = models.CharField(max_length=10, choices=PassportStanding, default=PassportStanding.UNKNOWN)
    visa = models.CharField(max_length=10, choices=VisaStatus, default=VisaStatus.UNKNOWN)
    visa_applied_on = models.DateField(null=True, blank=True)
    visa_note = models.CharField(max_length=300, blank=True)
    letter_number = models.CharField(max_length=40, blank=True)
    letter_at = models.DateTimeField(null=True, blank=True)  # when the letter of invitation was issued
    insured_from = models.DateField(null=True, blank=True)
    insured_until = models.DateField(null=True, blank=True)
    insurer = models.CharField(max_length=160, blank=True)
    hotel = models.CharField(max_length=200, blank=True)
    nights = models.PositiveSmallIntegerField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)  # for which the allowance is paid
    ticket_price = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    ticket_currency = models.CharField(max_length=3, blank=True)
    ticket_bought_on = models.DateField(null=True, blank=True)
    has_access_needs = models.BooleanField(null=True, blank=True)  # that there are some; which is sealed
    told_at = models.DateTimeField(null=True, blank=True)  # when the officer was told of the risk that stands
    told_risk = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(arrives=None) | Q(departs=None) | Q(departs__gte=F("arrives")),
                name="departs_after_arriving",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}"


class Leg(models.Model):
    """One flight, train or road of a route."""

    travel = models.ForeignKey(TravelFile, on_delete=models.CASCADE, related_name="legs")
    position = models.PositiveSmallIntegerField()
    day = models.DateField()
    origin = models.CharField(max_length=80)
    destination = models.CharField(max_length=80)
    carrier = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["travel", "position"], name="leg_position_once")]

    def __str__(self) -> str:
        return f"{self.travel_id} {self.position}"


class Duty(models.Model):
    """Something a sponsored delegation owes, and whether it was done. Nobody has said where ``met`` is unknown."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="duties")
    kind = models.CharField(max_length=10, choices=DutyKind)
    met = models.BooleanField(null=True, blank=True)
    statement = models.ForeignKey(Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)  # of the report
    note = models.CharField(max_length=300, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "duties"
        constraints = [models.UniqueConstraint(fields=["offer", "kind"], name="duty_once_an_offer")]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.kind}"
