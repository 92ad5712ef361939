"""Rounds of sponsorship: for which meeting, by which rules, at which assumed costs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from guardian.models import UserObjectPermissionBase

from ccm_portal.core.models import Organisation, RegionGroup, State
from meetings.models import Meeting, NeighbourMeeting
from sponsorship.enums import ASSESSED_ROUNDS, CURRENCIES, FactKind, RoundStatus, RuleEffect, RuleKey

ASSESS_ROUND = "assess_round"


class Policy(models.Model):
    """One version of the rules of sponsorship. Once a call was opened under it, it is not changed any more."""

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)  # in public: what is paid, what is expected
    adopted_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "policies"

    def __str__(self) -> str:
        return f"{self.number}"


class PolicyRule(models.Model):
    """One rule of eligibility, as data: what it looks at, what it does, how many points."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="rules")
    key = models.CharField(max_length=20, choices=RuleKey)
    effect = models.CharField(max_length=10, choices=RuleEffect)
    points = models.PositiveSmallIntegerField(default=0)
    # Months ahead (a near deadline), years back (past sponsorship), years after leaving the list (least developed).
    span = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "key"], name="rule_once_a_policy")]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.key}"


class Round(models.Model):
    """A round of sponsorship for one meeting; a neighbour's meeting may share its journeys."""

    key = models.SlugField(max_length=60, unique=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sponsorship_rounds")
    shared_with = models.ForeignKey(
        NeighbourMeeting, null=True, blank=True, on_delete=models.PROTECT, related_name="sponsorship_rounds"
    )
    status = models.CharField(max_length=10, choices=RoundStatus, default=RoundStatus.PLANNED)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="rounds")
    currency = models.CharField(max_length=3, choices=[(code, code) for code in CURRENCIES], default="CHF")
    places = models.PositiveSmallIntegerField()
    call = models.TextField(blank=True)  # what is said to States when the call opens
    opens_on = models.DateField()
    closes_at = models.DateTimeField()
    reply_days = models.PositiveSmallIntegerField(default=10)  # from an offer to the day it lapses
    # What the host country and the journey ask for; see sponsorship/reference/visa_rules.csv.
    visa_days = models.PositiveSmallIntegerField(default=30)  # that a visa takes, and some to spare
    passport_months = models.PositiveSmallIntegerField(default=3)  # that a passport is valid after the journey
    purge_days = models.PositiveSmallIntegerField(default=90)  # after the meeting, sealed data are destroyed
    opened_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    announcement = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        permissions = [(ASSESS_ROUND, "Assess the applications of a round")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=RoundStatus.values), name="round_status_known"),
            models.CheckConstraint(condition=Q(purge_days__lte=365), name="sealed_data_are_not_kept_for_years"),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("sponsorship:round-detail", args=[self.key])

    @property
    def is_assessed(self) -> bool:
        """Whether its applications can be weighed: the call is over."""
        return self.status in ASSESSED_ROUNDS


class ClosingChange(models.Model):
    """The closing time that a call had before it was moved, and why it was: in public."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="closing_changes")
    closed_at = models.DateTimeField()  # the time before
    reason = models.CharField(max_length=300)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="closing_moved_with_a_reason")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.closed_at:%Y-%m-%d}"


class RoundPlace(UserObjectPermissionBase):
    """A person from outside the office who assesses the applications of one round: a grant that dies with it."""

    content_object = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="assessors")
    acts_for = models.CharField(max_length=160, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.content_object_id} {self.user_id}"


class CostAssumption(models.Model):
    """What a journey is assumed to cost, in the round's currency: from one State, from a region, from anywhere else.

    The nearest one counts: that of the State, else of its region, else the one without either."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="costs")
    state = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    region_group = models.ForeignKey(RegionGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ticket = models.DecimalField(max_digits=10, decimal_places=2)
    nights = models.PositiveSmallIntegerField()
    night_rate = models.DecimalField(max_digits=8, decimal_places=2)
    days = models.PositiveSmallIntegerField()
    daily_rate = models.DecimalField(max_digits=8, decimal_places=2)
    terminal = models.DecimalField(max_digits=8, decimal_places=2)  # terminal expenses, both ways
    source = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state=None) | Q(region_group=None), name="cost_is_of_one_origin"),
            models.UniqueConstraint(
                fields=["round", "state", "region_group"], nulls_distinct=False, name="cost_once_an_origin"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.state_id or self.region_group_id or ''}"


class StateFact(models.Model):
    """A fact about a State from a list of the United Nations or from the office, for a time, with its source."""

    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="sponsorship_facts")
    kind = models.CharField(max_length=20, choices=FactKind)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)  # the first day on which it is no longer so
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=10, blank=True)  # "medium" where the source is half a source
    noted_at = models.DateTimeField(null=True, blank=True)  # none of what came with the portal; who did: the register
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state", "kind"], name="fact_once_a_state"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gt=F("since")), name="fact_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id} {self.kind}"


class ObserverProgramme(models.Model):
    """How many people an observer brings to the meeting of a round by its own programme, kept apart from States."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="observer_programmes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    persons = models.PositiveSmallIntegerField()
    women = models.PositiveSmallIntegerField(null=True, blank=True)
    about = models.TextField(blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="programme_once_an_organisation"),
            models.CheckConstraint(
                condition=Q(women=None) | Q(women__lte=F("persons")), name="no_more_women_than_persons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.organisation_id}"
