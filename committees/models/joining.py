"""The universalisation log: what is known of States that are not Parties, and withdrawals."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ccm_portal.core.models import State
from committees.enums import AssemblyVote, JoiningStep, WithdrawalStatus
from committees.models.workspace import Contact


class JoiningEntry(models.Model):
    """What was learnt of a State's way to joining. The newest one tells where it stands."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="joining_entries")
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="joining_entries"
    )
    learnt_on = models.DateField()
    step = models.CharField(max_length=16, choices=JoiningStep, default=JoiningStep.UNKNOWN)
    position = models.TextField(blank=True)
    obstacles = models.TextField(blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    is_public = models.BooleanField(default=False)  # from a public source, and fit to be shown
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=JoiningStep.values), name="joining_step_known"),
            models.CheckConstraint(condition=Q(is_public=False) | ~Q(source=""), name="joining_public_has_a_source"),
        ]
        indexes = [models.Index(fields=["state", "-learnt_on"], name="joining_list")]

    def __str__(self) -> str:
        return f"{self.state_id} {self.learnt_on}"


class ResolutionVote(models.Model):
    """How a State voted on the General Assembly's resolution of a year."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="resolution_votes")
    year = models.PositiveSmallIntegerField()
    vote = models.CharField(max_length=10, choices=AssemblyVote)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["state", "year"], name="resolution_vote_once_a_year")]

    def __str__(self) -> str:
        return f"{self.state_id} {self.year}"


class Withdrawal(models.Model):
    """An instrument of withdrawal, from its receipt by the Depositary (Article 20)."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="withdrawals")
    status = models.CharField(max_length=10, choices=WithdrawalStatus, default=WithdrawalStatus.RUNNING)
    received_on = models.DateField()
    effective_on = models.DateField()
    source = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=WithdrawalStatus.values), name="withdrawal_status_known"),
            models.UniqueConstraint(
                fields=["state"], condition=Q(status="running"), name="one_running_withdrawal_a_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id} {self.received_on}"
