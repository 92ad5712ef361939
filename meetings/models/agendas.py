"""The agenda: an outline on the desk, and numbered revisions that never change."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ccm_portal.core.models import Document, State
from committees.models import Body, Problem
from meetings.enums import ItemKind
from meetings.models.meetings import Meeting, Sitting


class Agenda(models.Model):
    """The outline of a meeting as it stands on the desk. ``version`` counts its changes; every write names it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="agenda")
    version = models.PositiveIntegerField(default=1)
    next_code = models.PositiveIntegerField(default=1)
    minutes_per_speaker = models.PositiveSmallIntegerField(default=4)

    def __str__(self) -> str:
        return f"{self.meeting_id} v{self.version}"


class AgendaItem(models.Model):
    """One item of the outline. ``code`` names it for ever, through every renumbering; papers hold on to it."""

    agenda = models.ForeignKey(Agenda, on_delete=models.CASCADE, related_name="items")
    code = models.PositiveIntegerField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)
    is_numbered = models.BooleanField(default=True)  # opening acts carry no number
    kind = models.CharField(max_length=18, choices=ItemKind, default=ItemKind.OTHER)
    # language code -> {"title": …, "text": …}; the first language of the meeting is always there
    words = models.JSONField(default=dict)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    speakers = models.PositiveSmallIntegerField(default=0)  # how many are expected
    sitting = models.ForeignKey(Sitting, null=True, blank=True, on_delete=models.SET_NULL, related_name="items")
    lead_body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items")
    lead_state = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="items_led")
    lead_name = models.CharField(max_length=160, blank=True)
    about_state = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    problem = models.ForeignKey(Problem, null=True, blank=True, on_delete=models.SET_NULL, related_name="agenda_items")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agenda", "code"], name="item_code_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="item_not_under_itself"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="item_kind_known"),
        ]
        indexes = [models.Index(fields=["agenda", "parent", "position"], name="item_order")]

    def __str__(self) -> str:
        return f"{self.agenda_id} {self.code}"


class AgendaStep(models.Model):
    """The outline as it was before a change, so that the change can be undone."""

    agenda = models.ForeignKey(Agenda, on_delete=models.CASCADE, related_name="steps")
    version = models.PositiveIntegerField()  # the version that this is
    label = models.CharField(max_length=200)  # what was done to it
    before = models.JSONField()
    after = models.JSONField(null=True, blank=True)  # once it is undone: what redoing puts back
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agenda", "version"], name="step_once_a_version")]

    def __str__(self) -> str:
        return f"{self.agenda_id} {self.version}"


class AgendaRevision(models.Model):
    """A published agenda, frozen. The database refuses to change or delete a row."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()  # canonical JSON
    content_hash = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="revision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revisions_start_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"


class MeetingPaper(models.Model):
    """A paper for a meeting, whether or not an item names it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="meetings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "document"], name="paper_once_a_meeting")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.document_id}"


class ItemPaper(models.Model):
    """A paper on an item, by the item's code: it may be put back by undoing, and the paper stays on it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="item_papers")
    code = models.PositiveIntegerField()
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "code", "document"], name="paper_once_an_item")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.code} {self.document_id}"


class ProgrammePdf(models.Model):
    """The annotated programme of a revision in one language, once it is made."""

    revision = models.ForeignKey(AgendaRevision, on_delete=models.PROTECT, related_name="pdfs")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    file = models.ForeignKey("core.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "language"], name="programme_once_a_language")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.language}"
