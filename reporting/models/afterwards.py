"""What stands beside a filed report: the paper it was entered from, thanks, questions. Never part of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ccm_portal.core.models import StoredFile
from reporting.enums import Channel, Confirmation
from reporting.models.reports import Report
from reporting.models.versions import ReportVersion


class ReportPaper(models.Model):
    """The paper or mail from which the ISO entered a report, and what the State says of the entry."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="paper")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    received_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    remarks = models.TextField(blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    confirmation = models.CharField(max_length=12, choices=Confirmation.choices, default=Confirmation.OPEN)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)  # what the State finds wrong with the entry
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="paper_channel_known"),
            models.CheckConstraint(
                condition=(Q(confirmation=Confirmation.OPEN) & Q(answered_at=None))
                | (~Q(confirmation=Confirmation.OPEN) & Q(answered_at__isnull=False)),
                name="paper_answered_iff_not_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.channel}"


class ReportThanks(models.Model):
    """The ISO thanks a State for a version it filed."""

    version = models.OneToOneField(ReportVersion, on_delete=models.PROTECT, related_name="thanks")
    text = models.TextField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.version_id}"


class ReportQuestion(models.Model):
    """The ISO asks about a filed report; the State answers, and says whether everybody may read both."""

    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="questions")
    place = models.CharField(max_length=120, blank=True)  # "section" or "section/part"; "" for the report
    text = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)  # the State agrees that everybody reads it
    noted_at = models.DateTimeField(null=True, blank=True)  # the ISO has read the answer
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_at=None) | Q(answered_at__isnull=False),
                name="question_shown_only_when_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.pk}"
