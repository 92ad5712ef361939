"""A meeting, its parts and sittings, who holds office in it, where it may be held."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from ccm_portal.core.models import State
from committees.models import Body, Nomination
from meetings.enums import (
    DatePrecision,
    MeetingAudience,
    MeetingFormat,
    MeetingKind,
    MeetingStatus,
    Office,
    ProposalStatus,
)
from meetings.names import long_name, short_name


class Meeting(models.Model):
    """A meeting of any kind. ``starts`` and ``ends`` span its parts (both days included) and follow them."""

    key = models.SlugField(max_length=60, unique=True)  # 14msp, 3rc, 2rc-prep2, intersessional-2027
    kind = models.CharField(max_length=14, choices=MeetingKind)
    ordinal = models.PositiveSmallIntegerField(null=True, blank=True)  # the fourteenth
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, blank=True)  # where kind and ordinal do not name it
    status = models.CharField(max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    audience = models.CharField(max_length=8, choices=MeetingAudience, default=MeetingAudience.OPEN)
    is_formal = models.BooleanField(default=False)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="preparatory")
    convened_by = models.ManyToManyField(Body, blank=True, related_name="meetings")
    with_states = models.ManyToManyField(State, blank=True, related_name="bilateral_meetings")
    joint_with = models.ManyToManyField("meetings.NeighbourMeeting", blank=True, related_name="joint_meetings")
    languages = models.JSONField(default=list)  # codes of the languages in which it works
    starts = models.DateField()
    ends = models.DateField()
    precision = models.CharField(max_length=5, choices=DatePrecision, default=DatePrecision.DAY)
    time_zone = models.CharField(max_length=40, default="Europe/Zurich")
    about = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    confidence = models.CharField(max_length=10, blank=True)  # "medium" where the source is half a source
    symbol_stem = models.CharField(max_length=40, blank=True)  # CCM/MSP/2027
    sequence = models.PositiveIntegerField(default=0)  # of changes that calendars must follow
    changed_at = models.DateTimeField()
    cancelled_note = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        permissions = [("chair_meeting", "Chair a meeting")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="meeting_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(status__in=MeetingStatus.values), name="meeting_status_known"),
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="meeting_kind_known"),
        ]
        indexes = [models.Index(fields=["starts"], name="meeting_by_day")]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting-detail", args=[self.key])

    @property
    def name(self) -> str:
        """As people call it in full: "Fourteenth Meeting of States Parties"; else its own title, or its kind."""
        return self.title or long_name(self.kind, self.ordinal) or f"{self.get_kind_display()} {self.year}"

    @property
    def short_name(self) -> str:
        """ "14MSP"; the full name where there is no short one."""
        return short_name(self.kind, self.ordinal) or self.name


class MeetingPart(models.Model):
    """One run of days at one place. Most meetings have one; the Second Review Conference had two, a year apart."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField(default=1)
    starts = models.DateField()
    ends = models.DateField()  # included
    format = models.CharField(max_length=10, choices=MeetingFormat, default=MeetingFormat.IN_PERSON)
    city = models.CharField(max_length=80, blank=True)
    host = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings_hosted")
    venue = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="part_number_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="part_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"


class DateChange(models.Model):
    """The days that a part had before they were moved, and why they were."""

    part = models.ForeignKey(MeetingPart, on_delete=models.CASCADE, related_name="date_changes")
    starts = models.DateField()
    ends = models.DateField()
    moved_at = models.DateTimeField(null=True)  # not known of what the history tells
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    basis = models.CharField(max_length=300, blank=True)  # "silence procedure, 20 May 2020"

    def __str__(self) -> str:
        return f"{self.part_id} {self.starts}"


class Sitting(models.Model):
    """One morning or afternoon."""

    part = models.ForeignKey(MeetingPart, on_delete=models.CASCADE, related_name="sittings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=160, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="sitting_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Officer(models.Model):
    """Who holds an office in a meeting: a State, with a person under it; the Secretary-General is a person alone."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="officers")
    office = models.CharField(max_length=18, choices=Office)
    state = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="offices_held")
    name = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__isnull=False) | ~Q(name=""), name="officer_is_somebody"),
            models.UniqueConstraint(fields=["meeting", "office", "state"], name="office_once_a_state"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.office}"


class VenueProposal(models.Model):
    """A State offers to host, or somebody proposes a place."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="venue_proposals")
    status = models.CharField(max_length=10, choices=ProposalStatus, default=ProposalStatus.PROPOSED)
    host = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=80)
    venue = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ProposalStatus.values), name="venue_proposal_status_known"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.city}"


class MeetingElection(models.Model):
    """A nomination that a decision of a meeting settled. The decision stands in ``decisions``."""

    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="election")
    decision = models.ForeignKey("meetings.Decision", on_delete=models.PROTECT, related_name="elections")

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.decision_id}"
