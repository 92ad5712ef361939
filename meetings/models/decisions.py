"""Decisions across all meetings, how they were taken, and what follows from them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ccm_portal.core.models import Document, State
from committees.models import Body, Nomination
from meetings.enums import Ballot, DecisionKind, DecisionMethod, DecisionOutcome, DecisionStatus, Majority
from meetings.models.meetings import Meeting


class Decision(models.Model):
    """A decision of a meeting, or between meetings by silence procedure."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    code = models.PositiveIntegerField(null=True, blank=True)  # of the agenda item; none between meetings
    number = models.PositiveSmallIntegerField()  # within the meeting
    kind = models.CharField(max_length=12, choices=DecisionKind)
    status = models.CharField(max_length=8, choices=DecisionStatus, default=DecisionStatus.DRAFT)
    title = models.CharField(max_length=300)
    text = models.TextField()
    about_state = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions_on")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=DecisionOutcome, blank=True)
    method = models.CharField(max_length=10, choices=DecisionMethod, default=DecisionMethod.AGREEMENT)
    majority = models.CharField(max_length=12, choices=Majority, blank=True)
    between_meetings = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    yes = models.PositiveSmallIntegerField(null=True, blank=True)
    no = models.PositiveSmallIntegerField(null=True, blank=True)
    abstaining = models.PositiveSmallIntegerField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    conditions = models.TextField(blank=True)  # and benchmarks
    reservations = models.TextField(blank=True)  # and explanations
    granted_until = models.DateField(null=True, blank=True)  # of an extension
    proposed_text = models.TextField(blank=True)  # before it was amended
    on_objection = models.CharField(max_length=12, choices=DecisionOutcome, blank=True)  # what an objection makes of it
    entitled = models.PositiveSmallIntegerField(null=True, blank=True)  # States Parties that may vote on the day
    present = models.PositiveSmallIntegerField(null=True, blank=True)  # of those, in the room
    settles = models.ManyToManyField(Nomination, blank=True, related_name="proposed_in")  # elected if it is adopted
    # What a decision on dates and venue says of which meeting; none where the meeting is not in the portal yet.
    about_meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions_about"
    )
    about_starts = models.DateField(null=True, blank=True)
    about_ends = models.DateField(null=True, blank=True)  # included
    about_city = models.CharField(max_length=80, blank=True)
    about_host = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=300, blank=True)  # where the history is from
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="decision_number_once"),
            models.CheckConstraint(condition=Q(status__in=DecisionStatus.values), name="decision_status_known"),
            models.CheckConstraint(
                condition=~Q(status="taken") | (~Q(outcome="") & Q(decided_on__isnull=False)),
                name="taken_decision_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opened_at")), name="silence_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(about_ends=None) | Q(about_ends__gte=F("about_starts")), name="decided_days_in_order"
            ),
        ]
        indexes = [models.Index(fields=["-decided_on"], name="decision_list")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"


class DecisionText(models.Model):
    """A decision as it was recorded: 1 when it was taken, one more with each correction. The database refuses to
    change or delete a row."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()  # canonical JSON
    content_hash = models.CharField(max_length=64)
    note = models.TextField(blank=True)  # what was corrected, and why
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="decision_text_once")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.number}"


class DecisionVote(models.Model):
    """One State Party's vote."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="votes")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="votes_cast")
    ballot = models.CharField(max_length=8, choices=Ballot)
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "state"], name="one_vote_a_state")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.state_id}"


class SilenceObjection(models.Model):
    """A State Party breaks the silence."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="objections")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "state"], name="objects_once")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.state_id}"


class DecisionFollowUp(models.Model):
    """What follows from a decision: whose it is and by when."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="follow_ups")
    what = models.CharField(max_length=300)
    state = models.ForeignKey(
        State, null=True, blank=True, on_delete=models.PROTECT, related_name="decision_follow_ups"
    )
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="decision_follow_ups")
    owner_name = models.CharField(max_length=160, blank=True)  # "ISO", "President"
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__isnull=False) | Q(body__isnull=False) | ~Q(owner_name=""),
                name="decision_follow_up_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return self.what
