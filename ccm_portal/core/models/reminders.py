"""When reminders rest."""

from datetime import UTC, date, datetime, time, timedelta

from django.db import models
from django.db.models import F, Q

from ccm_portal.core.models.people import User
from ccm_portal.core.models.states import State


class ReminderPauseQuerySet(models.QuerySet["ReminderPause"]):
    """Which pauses."""

    def open(self, day: date) -> "ReminderPauseQuerySet":
        """Running on ``day`` or still to come."""
        return self.filter(ended_at=None, until__gte=day)

    def running(self, day: date) -> "ReminderPauseQuerySet":
        return self.open(day).filter(starts__lte=day)

    def for_state(self, iso3: str) -> "ReminderPauseQuerySet":
        """Those that hold for this State, the longest first."""
        return self.filter(Q(state=None) | Q(state__iso3=iso3)).order_by("-until")


class ReminderPause(models.Model):
    """The ISO lets reminders to one State, or to all (``state`` empty), rest from ``starts`` to ``until``, both days
    included, or until it is ended before. It hides nothing from a desk."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, null=True, blank=True, related_name="reminder_pauses")
    starts = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=300)
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReminderPauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("starts")), name="pause_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(reason=""), name="pause_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="pause_ended_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id or 'all'} {self.starts} {self.until}"

    @property
    def leaves_again_at(self) -> datetime:
        """The first moment after it, UTC."""
        return datetime.combine(self.until + timedelta(days=1), time.min, tzinfo=UTC)
