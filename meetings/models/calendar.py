"""The year around us: meetings of related instruments, and personal calendar feeds."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ccm_portal.core.models import State
from meetings.enums import DatePrecision, Instrument


class NeighbourMeeting(models.Model):
    """A meeting of a related instrument."""

    key = models.SlugField(max_length=60, unique=True)
    instrument = models.CharField(max_length=16, choices=Instrument)
    title = models.CharField(max_length=200)
    city = models.CharField(max_length=80, blank=True)
    host = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField()  # included
    precision = models.CharField(max_length=5, choices=DatePrecision, default=DatePrecision.DAY)
    is_usual = models.BooleanField(default=False)  # its usual slot, not an announced date
    source = models.CharField(max_length=300, blank=True)
    attending_both = models.PositiveSmallIntegerField(null=True, blank=True)  # States at both, where somebody counted
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="neighbour_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["starts"], name="neighbour_by_day")]

    def __str__(self) -> str:
        return self.key


class CalendarLink(models.Model):
    """The address of a person's own calendar feed; only its hash is kept. A new one ends the one before."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_link")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id}"
