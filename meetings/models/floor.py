"""In the room: who has the floor, who waits for it, for how long, and what was said."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from guardian.models import UserObjectPermissionBase

from ccm_portal.core.models import StoredFile
from meetings.enums import (
    SlotKind,
    SlotStatus,
    SpeakersOrder,
    SpeakersStatus,
    StatementRelease,
    StatementStatus,
)
from meetings.models.meetings import Meeting
from meetings.models.participation import Delegation

CHAIR_MEETING = "chair_meeting"


class ChairPlace(UserObjectPermissionBase):
    """A person named to chair a meeting, or to keep its lists: a grant that dies with the meeting."""

    content_object = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="chairs")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.content_object_id} {self.user_id}"


class Room(models.Model):
    """What stands on every screen in the room. ``version`` moves with every change: the one number that is polled."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="room")
    version = models.PositiveIntegerField(default=1)
    code = models.PositiveIntegerField(null=True, blank=True)  # of the agenda item under discussion
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.version}"


class SpeakersList(models.Model):
    """The list of one agenda item, by the item's code."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="speakers_lists")
    code = models.PositiveIntegerField()
    status = models.CharField(max_length=6, choices=SpeakersStatus, default=SpeakersStatus.OPEN)
    order = models.CharField(max_length=12, choices=SpeakersOrder, default=SpeakersOrder.STATES_FIRST)
    limit_seconds = models.PositiveIntegerField(default=240)
    group_limit_seconds = models.PositiveIntegerField(default=360)
    reply_limit_seconds = models.PositiveIntegerField(default=120)
    presentation_limit_seconds = models.PositiveIntegerField(default=600)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "code"], name="one_speakers_list_an_item"),
            models.CheckConstraint(condition=Q(status__in=SpeakersStatus.values), name="speakers_status_known"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.code}"


class SpeakerSlot(models.Model):
    """A request for the floor, and the time that was used."""

    list = models.ForeignKey(SpeakersList, on_delete=models.CASCADE, related_name="slots")
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="slots")
    kind = models.CharField(max_length=12, choices=SlotKind, default=SlotKind.NATIONAL)
    on_behalf_of = models.CharField(max_length=200, blank=True)  # the group for which it is given
    status = models.CharField(max_length=10, choices=SlotStatus, default=SlotStatus.WAITING)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    rank = models.PositiveIntegerField(null=True, blank=True)  # where the chair sets the order
    limit_seconds = models.PositiveIntegerField()
    started_at = models.DateTimeField(null=True, blank=True)
    # The start, moved on by every pause. What lies between it and the end, or now, is the time used.
    counted_from = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    used_seconds = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["list", "delegation", "kind", "on_behalf_of"],
                condition=Q(status__in=["waiting", "speaking"]),
                name="asks_once_for_the_floor",
            ),
            models.UniqueConstraint(
                fields=["list"], condition=Q(status="speaking"), name="one_speaker_at_a_time_in_a_list"
            ),
            models.CheckConstraint(condition=Q(status__in=SlotStatus.values), name="slot_status_known"),
            models.CheckConstraint(condition=~Q(kind="group") | ~Q(on_behalf_of=""), name="group_slot_names_its_group"),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.delegation_id}"


class StatementQuerySet(models.QuerySet):
    """Which statements."""

    def waiting_for_a_slot(self) -> "StatementQuerySet":
        """Held, and tied to no request that can still be called."""
        loose = Q(slot=None) | Q(slot__status__in=[SlotStatus.PASSED, SlotStatus.WITHDRAWN])
        return self.filter(loose, status=StatementStatus.HELD)


class Statement(models.Model):
    """What a delegation said on an item, or hands in for it: tied to the slot where it was given."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="statements")
    code = models.PositiveIntegerField()  # of the agenda item
    slot = models.OneToOneField(SpeakerSlot, null=True, blank=True, on_delete=models.SET_NULL, related_name="statement")
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="statements")
    on_behalf_of = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=StatementStatus, default=StatementStatus.HELD)
    release = models.CharField(max_length=14, choices=StatementRelease, default=StatementRelease.WHEN_GIVEN)
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=StatementStatus.values), name="statement_status_known"),
        ]
        indexes = [models.Index(fields=["meeting", "code"], name="statement_of_item")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.code} {self.delegation_id}"


class StatementText(models.Model):
    """A statement in one language: a file, words, or both."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)  # any language, not only the six
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    added_at = models.DateTimeField()
    vector = SearchVectorField(null=True)  # of the words, in the forms of their language
    unsegmented = models.BooleanField(default=False)  # holds writing without spaces between words

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="statement_words")]
        constraints = [
            models.UniqueConstraint(fields=["statement", "language"], name="statement_text_once_a_language"),
            models.CheckConstraint(condition=Q(file__isnull=False) | ~Q(text=""), name="statement_text_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.language}"
