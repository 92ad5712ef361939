"""What States say about the meaning of the Convention."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ccm_portal.core.models import State
from ccm_portal.core.models.names import Named, NamedQuerySet, language_column
from compliance.enums import PositionSource, PositionStatus
from meetings.models import Meeting, Statement
from reporting.models import ReportVersion


class Topic(Named):
    """A question of interpretation: transit, foreign stockpiles, assistance in joint operations, investment…"""

    key = models.SlugField(max_length=40, unique=True)
    articles = models.CharField(max_length=40, blank=True)  # "1(1)(c), 21"
    question = models.TextField(blank=True)  # in English
    question_fr = models.TextField(blank=True)
    question_ar = models.TextField(blank=True)
    question_es = models.TextField(blank=True)
    question_ru = models.TextField(blank=True)
    question_zh = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = NamedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def asks(self) -> str:
        """The question in the active language; in English where it is missing."""
        column = language_column()
        asked: str = self.question if column == "en" else getattr(self, f"question_{column}") or self.question
        return asked


class Position(models.Model):
    """What one State said on one topic: who, when, where, in which words, from which source."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="positions")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="positions")
    status = models.CharField(max_length=9, choices=PositionStatus, default=PositionStatus.PROPOSED)
    said_on = models.DateField()
    where = models.CharField(max_length=300, blank=True)
    text = models.TextField()  # in its own words
    language = models.CharField(max_length=10, default="en")  # any language, not only the six
    translation = models.TextField(blank=True)  # into English, unofficial
    source = models.CharField(max_length=10, choices=PositionSource)
    reference = models.CharField(max_length=300, blank=True)  # symbol, paragraph, address
    report = models.ForeignKey(ReportVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_note = models.TextField(blank=True)
    is_demonstration = models.BooleanField(default=False)  # made up: the State never said it
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=PositionStatus.values), name="position_status_known"),
            models.CheckConstraint(
                condition=~Q(reference="")
                | Q(report__isnull=False)
                | Q(statement__isnull=False)
                | Q(source=PositionSource.SUBMISSION),  # said here, by the State
                name="position_has_a_source",
            ),
        ]
        indexes = [models.Index(fields=["topic", "state", "-said_on"], name="positions_by_topic")]

    def __str__(self) -> str:
        return f"{self.state_id} {self.topic_id} {self.said_on}"
