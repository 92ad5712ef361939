"""What belongs to a draft alone: colleagues, comments, files, workbooks that were read. Gone from what is filed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from guardian.models import UserObjectPermissionBase

from ccm_portal.core.models import Invitation, StoredFile
from reporting.enums import WorkbookStatus
from reporting.models.reports import Report, SectionDraft

WRITE_LENT = "write_lent_section"


class SectionLoan(UserObjectPermissionBase):
    """A section lent to a named person, who sees nothing else: a grant that dies with its section."""

    content_object = models.ForeignKey(SectionDraft, on_delete=models.CASCADE, related_name="loans")
    lent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    lent_at = models.DateTimeField(null=True)
    message = models.TextField(blank=True)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.content_object_id} {self.user_id}"


class LoanOffer(models.Model):
    """A loan to somebody without an account: it gives nothing until the invitation is accepted, and then is a
    ``SectionLoan``."""

    section = models.ForeignKey(SectionDraft, on_delete=models.CASCADE, related_name="loan_offers")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="+")
    lent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lent_at = models.DateTimeField()
    message = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "invitation"], name="section_offered_once")]

    def __str__(self) -> str:
        return f"{self.section_id} {self.invitation_id}"


class FilingAsked(models.Model):
    """A drafter asks the approvers to file the draft as it then stood."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="filing_asked")
    revision = models.PositiveIntegerField()  # the versions of its sections, added up
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report_id} {self.revision}"

    @property
    def stands(self) -> bool:
        """Whether nobody has filed it or written in it since."""
        revision = self.report.sections.aggregate(revision=models.Sum("version"))["revision"]
        return self.report.is_open and revision == self.revision


class DraftComment(models.Model):
    """A remark of one colleague to the others, at a place of a draft. Deleted when the report is filed."""

    section = models.ForeignKey(SectionDraft, on_delete=models.CASCADE, related_name="comments")
    path = models.CharField(max_length=120, blank=True)  # of a cell, a part, or "" for the section
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="comment_settled_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} {self.path}"


class ReportFile(models.Model):
    """A photograph or document added to a report. An answer names it by its hash; it stays as it was stored."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="files")
    sha256 = models.CharField(max_length=64)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "sha256"], name="file_once_a_report")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.sha256[:12]}"


class WorkbookUpload(models.Model):
    """A section's workbook as it was read, waiting to be accepted row by row seen."""

    section = models.ForeignKey(SectionDraft, on_delete=models.CASCADE, related_name="workbooks")
    name = models.CharField(max_length=150)
    status = models.CharField(max_length=12, choices=WorkbookStatus.choices, default=WorkbookStatus.READ)
    base_version = models.PositiveIntegerField()
    read = models.JSONField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=WorkbookStatus.values), name="workbook_status_known"),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} {self.name}"
