"""A report, its draft a row per section, and what was filed, which never changes."""

import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.models import State, StoredFile
from reporting.enums import Audience, PdfStatus, Provenance, ReportKind, ReportStatus, Standing


class ReportQuerySet(models.QuerySet["Report"]):
    def with_state(self) -> "ReportQuerySet":
        return self.select_related("state")

    def drafts(self) -> "ReportQuerySet":
        return self.filter(status=ReportStatus.DRAFT)

    def filed(self) -> "ReportQuerySet":
        return self.filter(status=ReportStatus.FILED)


class Report(models.Model):
    """A transparency report by one State for one period (Article 7)."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=16, choices=ReportKind.choices)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    slug = models.SlugField(max_length=40)
    status = models.CharField(max_length=16, choices=ReportStatus.choices, default=ReportStatus.DRAFT)
    edition = models.CharField(max_length=16)
    language = models.CharField(max_length=8)
    period_starts = models.DateField(null=True, blank=True)
    period_ends = models.DateField(null=True, blank=True)
    period_as_written = models.CharField(max_length=200, blank=True)
    due = models.DateField(null=True, blank=True)
    provenance = models.CharField(max_length=8, choices=Provenance.choices, default=Provenance.PORTAL)
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_into"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    # the State lets the ISO read the draft from then on, until it says otherwise
    shown_to_iso_at = models.DateTimeField(null=True, blank=True)
    filed_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state", "slug"], name="report_slug_once_a_state"),
            models.UniqueConstraint(
                fields=["state", "kind", "year"],
                condition=Q(status=ReportStatus.DRAFT),
                nulls_distinct=False,
                name="report_one_draft_a_year",
            ),
            models.UniqueConstraint(
                fields=["state", "kind", "year"],
                condition=Q(status=ReportStatus.FILED, kind=ReportKind.ANNUAL),
                name="report_one_annual_filed_a_year",
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(status=ReportStatus.FILED, kind=ReportKind.INITIAL),
                name="report_one_initial_filed",
            ),
            models.CheckConstraint(condition=Q(status__in=ReportStatus.values), name="report_status_known"),
            models.CheckConstraint(
                condition=Q(status=ReportStatus.DRAFT, filed_at=None)
                | (~Q(status=ReportStatus.DRAFT) & Q(filed_at__isnull=False)),
                name="report_filed_at_iff_filed",
            ),
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="report_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=ReportKind.INITIAL) | Q(year__isnull=False),
                name="report_has_year_unless_initial",
            ),
            models.CheckConstraint(
                condition=Q(period_starts=None) | Q(period_ends=None) | Q(period_ends__gte=F("period_starts")),
                name="report_period_runs_forward",
            ),
        ]
        indexes = [
            models.Index(F("filed_at").desc(), "state", name="report_filed_list"),
            models.Index(fields=["state", "kind", "year"], name="report_of_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.state_id} {self.slug}"

    def get_absolute_url(self) -> str:
        """Where the world reads it once it is filed."""
        return reverse("reporting:report-detail", args=[self.state.slug, self.slug])

    @property
    def day_is_known(self) -> bool:
        """Whether anybody knows on which day it was filed: of an old paper sometimes nobody does."""
        return self.due is not None or self.provenance != Provenance.ISO

    @property
    def is_demonstration(self) -> bool:
        return self.provenance == Provenance.DEMONSTRATION

    @property
    def title(self) -> str:
        if self.kind == ReportKind.INITIAL:
            return _("Initial report")
        if self.kind == ReportKind.VOLUNTARY:
            return _("Voluntary report for %(year)s") % {"year": self.year}
        return _("Report for %(year)s") % {"year": self.year}

    def get_draft_url(self) -> str:
        """Where the State's own people work on it."""
        return reverse("reporting:draft-detail", args=[self.state.slug, self.slug])


class SectionDraft(models.Model):
    """One section of a draft. Two people edit two rows; on one row the version decides."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)
    standing = models.CharField(max_length=16, choices=Standing.choices, default=Standing.UNDECIDED, blank=True)
    unchanged_since = models.ForeignKey(
        "ReportVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.JSONField(default=dict)
    # path -> [version at the last change, page that made it]
    changes = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    # "part.row" -> what is needed to put a removed row back
    removed = models.JSONField(default=dict)
    # keys of the parts that the State keeps for States Parties
    withheld = models.JSONField(default=list)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="section_once_a_report"),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="section_standing_known"),
            models.CheckConstraint(
                condition=Q(standing=Standing.UNCHANGED, unchanged_since__isnull=False)
                | (~Q(standing=Standing.UNCHANGED) & Q(unchanged_since=None)),
                name="section_unchanged_names_its_original",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.key}"


class ReportVersion(models.Model):
    """What was filed, word for word. The database refuses to change or delete a row."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    content_hash = models.CharField(max_length=64)
    # JSON: part name -> salt, so that a withheld part cannot be guessed from its digest
    salts = models.TextField()
    public_content = models.TextField()
    receipt_number = models.CharField(max_length=40, unique=True)
    receipt = models.TextField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    filing_key = models.CharField(max_length=64, unique=True)
    due = models.DateField(null=True, blank=True)
    days_late = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)
    provenance = models.CharField(max_length=8, choices=Provenance.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbers_start_at_one"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(note=""), name="version_correction_says_why"),
            models.CheckConstraint(condition=Q(provenance__in=Provenance.values), name="version_provenance_known"),
            models.CheckConstraint(condition=Q(content_hash__regex=r"^[0-9a-f]{64}$"), name="version_hash_is_sha256"),
        ]
        indexes = [models.Index(F("filed_at").desc(), name="version_filed_list")]

    def __str__(self) -> str:
        return self.receipt_number

    @cached_property
    def full_document(self) -> dict[str, Any]:
        """What was filed, as data: for the United Nations and States Parties. Never for a public page."""
        return json.loads(self.content)

    @cached_property
    def public_document(self) -> dict[str, Any]:
        """What everybody may read: the parts that the State keeps for States Parties are not in it."""
        return json.loads(self.public_content)["report"]


class Transmission(models.Model):
    """The way of a filed version to the Secretary-General: sent, then acknowledged."""

    version = models.OneToOneField(ReportVersion, on_delete=models.PROTECT, related_name="transmission")
    sent_at = models.DateTimeField(null=True, blank=True)
    acknowledged_on = models.DateField(null=True, blank=True)  # the day the United Nations did; noted at:
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reference = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.version_id}"


class ReportPdf(models.Model):
    """A document owed for a filed version, and the file once it is made."""

    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="pdfs")
    audience = models.CharField(max_length=8, choices=Audience.choices)
    status = models.CharField(max_length=12, choices=PdfStatus.choices, default=PdfStatus.OWED)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "audience"], name="pdf_once_an_audience"),
            models.CheckConstraint(
                condition=(Q(status=PdfStatus.READY) & Q(file__isnull=False))
                | (~Q(status=PdfStatus.READY) & Q(file=None)),
                name="pdf_ready_iff_it_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.audience}"


class ReportWords(models.Model):
    """The words of a published report, for search alone. Derived from the version in force; may be made again."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="words")
    version = models.ForeignKey(ReportVersion, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    vector = SearchVectorField()
    # whether it holds writing without spaces, which is searched by substring
    unsegmented = models.BooleanField(default=False)

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="words_vector")]

    def __str__(self) -> str:
        return f"{self.report_id}"
