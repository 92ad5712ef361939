"""A report, and its draft, a row per section."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ccm_portal.core.models import State
from reporting.enums import Provenance, ReportKind, ReportStatus, Standing


class ReportQuerySet(models.QuerySet["Report"]):
    def with_state(self) -> "ReportQuerySet":
        return self.select_related("state")

    def drafts(self) -> "ReportQuerySet":
        return self.filter(status=ReportStatus.DRAFT)

    def filed(self) -> "ReportQuerySet":
        return self.filter(status=ReportStatus.FILED)

    def open(self) -> "ReportQuerySet":
        """Those whose sections can be written in: drafts, and filed reports that are being corrected."""
        return self.filter(Q(status=ReportStatus.DRAFT) | Q(correction_opened_at__isnull=False))


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
    # the State says that its figures may still change
    provisional = models.BooleanField(default=False)
    # a filed report whose sections are open again, for its next version; the note will be public
    correction_opened_at = models.DateTimeField(null=True, blank=True)
    correction_opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    correction_note = models.TextField(blank=True)
    # "section/part" -> the number of the last version that keeps it for States Parties: no earlier one shows it
    kept_since = models.JSONField(default=dict, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    recall_note = models.TextField(blank=True)  # public

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
            models.CheckConstraint(
                condition=Q(status=ReportStatus.RECALLED, recalled_at__isnull=False)
                | (~Q(status=ReportStatus.RECALLED) & Q(recalled_at=None)),
                name="report_recalled_at_iff_recalled",
            ),
            models.CheckConstraint(
                condition=Q(status=ReportStatus.FILED) | Q(correction_opened_at=None),
                name="report_only_filed_is_corrected",
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

    @cached_property
    def held_files(self) -> frozenset[str]:
        """The fingerprints of the files that the portal has. An answer may name others: from a file that was
        imported, or typed. One query."""
        return frozenset(self.files.values_list("sha256", flat=True))

    @property
    def day_is_known(self) -> bool:
        """Whether anybody knows on which day it was filed: of an old paper sometimes nobody does."""
        return self.due is not None or self.provenance != Provenance.ISO

    @property
    def is_demonstration(self) -> bool:
        return self.provenance == Provenance.DEMONSTRATION

    @property
    def is_open(self) -> bool:
        """Whether its sections can be written in: a draft, or a filed report that is being corrected."""
        return self.status == ReportStatus.DRAFT or self.correction_opened_at is not None

    @property
    def is_correcting(self) -> bool:
        return self.correction_opened_at is not None

    @property
    def is_entry(self) -> bool:
        """Whether the ISO is entering it from the State's paper: a draft that the State reads and the ISO writes."""
        return self.status == ReportStatus.DRAFT and self.provenance == Provenance.ISO

    @property
    def title(self) -> str:
        if self.kind == ReportKind.INITIAL:
            return _("Initial report")
        if self.kind == ReportKind.VOLUNTARY:
            return _("Voluntary report for %(year)s") % {"year": self.year}
        return _("Report for %(year)s") % {"year": self.year}

    @property
    def next_number(self) -> int:
        """The number of the version that a correction becomes. One query."""
        return 1 + (self.versions.aggregate(latest=models.Max("number"))["latest"] or 0)

    @property
    def work_status(self) -> str:
        """Whether it is a draft or a correction, in a word."""
        return _("Correction") if self.is_correcting else str(self.get_status_display())

    @property
    def work_title(self) -> str:
        """What it is called while people work on it: of a correction, which version of which report. One query then."""
        if not self.is_correcting:
            return self.title
        words = {"year": self.year, "number": self.next_number}
        if self.kind == ReportKind.INITIAL:
            return _("Correction of the initial report: version %(number)s") % words
        if self.kind == ReportKind.VOLUNTARY:
            return _("Correction of the voluntary report for %(year)s: version %(number)s") % words
        return _("Correction of the report for %(year)s: version %(number)s") % words

    def get_draft_url(self) -> str:
        """Where the State's own people work on it."""
        return reverse("reporting:draft-detail", args=[self.state.slug, self.slug])

    def get_receipt_url(self) -> str:
        """Where the State's own people see what became of it once it is filed."""
        return reverse("reporting:draft-filed", args=[self.state.slug, self.slug])


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
        permissions = [("write_lent_section", "Write in a section that was lent")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.key}"
