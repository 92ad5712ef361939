"""What a State has said of its clocks beyond what it reports."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ccm_portal.core.models import State, StateClock
from compliance.enums import ObligationKind
from meetings.models import Meeting


class Completion(models.Model):
    """A State has declared that it has completed what a clock ran for (Articles 3(2), 4(1)(c))."""

    clock = models.OneToOneField(StateClock, on_delete=models.PROTECT, related_name="completion")
    completed_on = models.DateField()
    declared_on = models.DateField(null=True, blank=True)  # made official; the treaty asks it for clearance alone
    declared_to = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=300)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(source=""), name="completion_has_a_source")]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.completed_on}"


class OfficialDay(models.Model):
    """An officially published day that differs from the computed one, of what is no clock of the State's own:
    a lodging date, a declaration, a benchmark. The days of clocks stand on ``StateClock.override``."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="official_days")
    kind = models.CharField(max_length=16, choices=ObligationKind)
    key = models.CharField(max_length=60)  # of the obligation: "lodging:art4"
    day = models.DateField()
    source = models.CharField(max_length=300)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state", "key"], name="official_day_once"),
            models.CheckConstraint(condition=~Q(source=""), name="official_day_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.state_id} {self.key} {self.day}"


class CirculatedClarification(models.Model):
    """What everybody knows of a Request for Clarification once it was circulated to all States Parties (Article 8(3)):
    of whom, since when the 28 days run, whether a reply came. Not fenced, unlike the request itself, which it does not
    name; written when the circulation is recorded and never before."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")  # that is to reply
    received_on = models.DateField()
    replied_on = models.DateField(null=True, blank=True)
    circulated_on = models.DateField()
    is_demonstration = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.state_id} {self.received_on}"


class Suspension(models.Model):
    """A clock of a State rests for a time, by an official act that the portal only records."""

    clock = models.ForeignKey(StateClock, on_delete=models.PROTECT, related_name="suspensions")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)  # excluded
    source = models.CharField(max_length=300)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=models.F("starts")), name="suspension_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="suspension_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.starts}"
