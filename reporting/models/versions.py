"""What was filed, which never changes, and what is made from it."""

import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from ccm_portal.core.models import State, StoredFile
from reporting.enums import Audience, FigurePrecision, PdfStatus, Provenance
from reporting.form import receipts
from reporting.models.reports import Report

# Large columns that a list does not show.
HEAVY = ("content", "public_content", "salts", "receipt")
# What a version's public copy is made of: for ``only``, with ``select_related("report")``.
PUBLIC_COPY = ("number", "public_content", "report__kept_since")


class ReportVersion(models.Model):
    """What was filed, word for word. The database refuses to change or delete a row."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    content_hash = models.CharField(max_length=64)
    # JSON: part name -> salt, so that a withheld part cannot be guessed from its digest
    salts = models.TextField()
    public_content = models.TextField()  # as it was frozen; what may be read now is ``public_text``
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

    @property
    def public_export(self) -> dict[str, Any]:
        """The file that everybody may have: what everybody may read, its receipt, and the names of what is kept."""
        return self._public[1]

    @property
    def public_document(self) -> dict[str, Any]:
        """What everybody may read: the parts that the State keeps for States Parties are not in it."""
        document: dict[str, Any] = self.public_export["report"]
        return document

    @property
    def withheld(self) -> list[str]:
        """The parts that the State keeps for States Parties, as the receipt names them: "stockpiles/stocks"."""
        names: list[str] = self.public_export.get("withheld", [])
        return names

    @property
    def marked(self) -> list[str]:
        """The same, and the parts without an answer that were marked when this or a later version was filed."""
        noted = (name for name, number in self.report.kept_since.items() if number >= self.number)
        return sorted({*self.withheld, *noted})

    @property
    def public_text(self) -> str:
        """The public file, byte for byte as it was filed, unless a later version keeps more of it."""
        return self._public[0]

    @cached_property
    def _public(self) -> tuple[str, dict[str, Any]]:
        """The one place where the frozen copy is read."""
        frozen = json.loads(self.public_content)
        later = self.kept_by_later
        export = receipts.kept_back(frozen, later) if later else frozen
        if export is frozen:
            return self.public_content, frozen
        return receipts.canonical(export).decode(), export

    @property
    def kept_by_later(self) -> dict[str, int]:
        """The parts that a later version of the report keeps for States Parties, each with that version's number."""
        return {name: number for name, number in self.report.kept_since.items() if number > self.number}


def load_public_copies(versions: Iterable[ReportVersion]) -> None:
    """Load, in one query, the public text of versions that were read without it (``defer(*HEAVY)``)."""
    unread = {one.pk: one for one in versions if "public_content" in one.get_deferred_fields()}
    for pk, text in ReportVersion.objects.filter(pk__in=unread).values_list("pk", "public_content"):
        unread[pk].public_content = text


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


class ReportFigureQuerySet(models.QuerySet["ReportFigure"]):
    def public(self) -> "ReportFigureQuerySet":
        """Without the figures of parts that a State keeps for States Parties."""
        return self.filter(withheld=False)


class ReportFigure(models.Model):
    """One countable answer of a filed version, so that statistics are queries.

    ``measure`` is the key of what is counted; ``path`` the cell it stands in, as ``section.part.row.column``;
    ``item`` what the row is about, in the State's words. Made again from the version at any time.
    """

    version = models.ForeignKey(ReportVersion, on_delete=models.CASCADE, related_name="figures")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    measure = models.CharField(max_length=60)
    path = models.CharField(max_length=200)
    item = models.CharField(max_length=300, blank=True)
    number = models.DecimalField(max_digits=30, decimal_places=6)
    precision = models.CharField(max_length=12, choices=FigurePrecision.choices, default=FigurePrecision.EXACT)
    unit = models.CharField(max_length=12, blank=True)
    withheld = models.BooleanField(default=False)

    objects = ReportFigureQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "path"], name="figure_once_a_cell")]
        indexes = [models.Index(fields=["measure", "year", "state"], name="figure_by_measure")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.path}"
