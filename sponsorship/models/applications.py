"""What States ask for: an application in a round, and the people they nominate, in their order."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from ccm_portal.core.models import State
from committees.enums import Gender
from sponsorship.enums import ApplicationStatus, NomineeStatus
from sponsorship.models.rounds import Round


class Application(models.Model):
    """A State's application in a round. What was found of its eligibility is kept as it was when it was sent."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="applications")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="sponsorship_applications")
    status = models.CharField(max_length=10, choices=ApplicationStatus, default=ApplicationStatus.DRAFT)
    note_reference = models.CharField(max_length=120, blank=True)  # of the note verbale
    note_date = models.DateField(null=True, blank=True)
    purpose = models.TextField(blank=True)  # what the State wants to bring to the meeting, and what it cannot pay
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    endorsed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    endorsed_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)  # sent after the closing time
    eligibility = models.JSONField(default=list)  # findings, as they were when it was sent
    # Who of the office entered it from a paper, and the day on which the paper came: the note verbale endorses it.
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)  # also of one that was taken back
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "state"], name="one_application_a_state"),
            models.CheckConstraint(condition=Q(status__in=ApplicationStatus.values), name="application_status_known"),
            models.CheckConstraint(
                condition=~Q(status="endorsed") | ~Q(note_reference=""), name="endorsed_by_a_note_verbale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.state_id}"


class Nominee(models.Model):
    """A person whom a State nominates. The name goes with the sealed data; what is counted stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="nominees")
    rank = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=NomineeStatus, default=NomineeStatus.NAMED)
    title = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120, blank=True)  # emptied at the purge
    email = models.EmailField(blank=True)  # emptied at the purge
    gender = models.CharField(max_length=6, choices=Gender, default=Gender.NOT_SAID, blank=True)
    function = models.CharField(max_length=160, blank=True)
    expertise = models.TextField(blank=True)
    languages = models.JSONField(default=list)  # codes
    based_in_geneva = models.BooleanField(default=False)
    has_access_needs = models.BooleanField(null=True, blank=True)  # that there are some; which is sealed
    decision_reason = models.TextField(blank=True)  # quiet until the round is announced
    waiting_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)  # emptied at the purge
    own_part_at = models.DateTimeField(null=True, blank=True)  # when the person last filled in their own part
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "rank"], name="rank_once_an_application", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(status__in=NomineeStatus.values), name="nominee_status_known"),
        ]
        indexes = [models.Index(fields=["status"], name="nominees_by_status")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.rank}"

    @property
    def state_id(self) -> int:
        return self.application.state_id

    @property
    def state(self) -> State:
        return self.application.state


class PersonalLink(models.Model):
    """A link by which a nominated person fills in their own part and sees where they stand; only its hash is kept.

    A new one ends the one before."""

    nominee = models.OneToOneField(Nominee, on_delete=models.CASCADE, related_name="link")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.nominee_id}"
