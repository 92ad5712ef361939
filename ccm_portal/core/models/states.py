"""States and their clocks."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from ccm_portal.core.enums import Clock, InstrumentKind, Known, TreatyStatus
from ccm_portal.core.models.names import Named, NamedQuerySet


class RegionGroup(Named):
    """A regional group of the United Nations."""

    key = models.SlugField(max_length=30, unique=True)

    objects = NamedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class StateQuerySet(NamedQuerySet):
    """Which States."""

    def parties_on(self, day: date) -> "StateQuerySet":
        """States for which the Convention is in force on ``day``."""
        return self.filter(entry_into_force__lte=day).exclude(withdrawn_effective__lte=day)

    def with_clocks(self) -> "StateQuerySet":
        return self.prefetch_related("clocks")


class State(Named):
    """A country. Its status and dates come from the Depositary, never from the portal's users."""

    iso3 = models.CharField(max_length=3, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    region_group = models.ForeignKey(
        RegionGroup, on_delete=models.PROTECT, related_name="states", null=True, blank=True
    )
    treaty_status = models.CharField(max_length=12, choices=TreatyStatus)
    signed = models.DateField(null=True, blank=True)
    deposited = models.DateField(null=True, blank=True)
    instrument_kind = models.CharField(max_length=12, choices=InstrumentKind, blank=True)
    entry_into_force = models.DateField(null=True, blank=True)
    entry_into_force_override = models.DateField(null=True, blank=True)
    override_source = models.CharField(max_length=200, blank=True)
    withdrawn_effective = models.DateField(null=True, blank=True)
    provisional_application = models.BooleanField(default=False)
    affected = models.CharField(max_length=7, choices=Known, default=Known.UNKNOWN)
    stockpile_declared = models.CharField(max_length=7, choices=Known, default=Known.UNKNOWN)
    retains = models.CharField(max_length=7, choices=Known, default=Known.UNKNOWN)
    tile_col = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)
    mission_email = models.EmailField(blank=True)
    notes = models.TextField(blank=True)
    confidence = models.CharField(max_length=10, blank=True)

    objects = StateQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["treaty_status"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("dashboard:state-detail", args=[self.slug])

    def is_party_on(self, day: date) -> bool:
        """Whether the Convention is in force for this State on ``day`` (Articles 17 and 20)."""
        if self.entry_into_force is None or self.entry_into_force > day:
            return False
        return self.withdrawn_effective is None or self.withdrawn_effective > day


class StateClock(models.Model):
    """One clock of one State: what the treaty gives, what a meeting granted, what is published.

    All three are kept. ``current`` is the one that counts. A State has one of a kind, but a clock of later
    contamination for every conflict that caused some: those have a ``key``, and count from the day it ended.
    """

    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="clocks")
    clock = models.CharField(max_length=20, choices=Clock)
    key = models.SlugField(max_length=40, blank=True)  # of the conflict; none of the clocks from entry into force
    cause = models.CharField(max_length=200, blank=True)  # the hostilities, in words
    starts = models.DateField(null=True, blank=True)  # the day they ended
    base = models.DateField()
    granted_until = models.DateField(null=True, blank=True)
    granted_basis = models.CharField(max_length=300, blank=True)  # the decision, where the portal recorded it
    override = models.DateField(null=True, blank=True)
    override_source = models.CharField(max_length=300, blank=True)
    notes = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state", "clock", "key"], name="one_clock_of_a_kind_per_state"),
            models.CheckConstraint(
                condition=Q(clock=Clock.NEW_CLEARANCE, starts__isnull=False) & ~Q(key="") & ~Q(cause="")
                | ~Q(clock=Clock.NEW_CLEARANCE) & Q(starts=None, key=""),
                name="clock_of_later_contamination_has_a_cause",
            ),
            models.CheckConstraint(
                condition=models.Q(override__isnull=True) | ~models.Q(override_source=""),
                name="override_has_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id} {self.clock}{self.key} {self.current}"

    @property
    def current(self) -> date:
        return self.override or self.granted_until or self.base
