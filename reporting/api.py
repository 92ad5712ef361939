"""The read-only API over published reports."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView

from reporting.domain import figures
from reporting.domain.published import listed
from reporting.filters import FigureFilter, ReportFilter
from reporting.form.figures import measures
from reporting.models import HEAVY, PUBLIC_COPY, Report, ReportFigure, ReportVersion


class LinksField(serializers.Field):
    """Addresses of the page and the files of the version in force."""

    def to_representation(self, report: Report) -> dict[str, str]:
        request = self.context["request"]
        version = {"state": report.state.slug, "slug": report.slug, "number": report.version}
        paths = {
            "page": report.get_absolute_url(),
            "json": reverse("files:report-json", kwargs=version),
            "pdf": reverse("files:report-pdf", kwargs=version),
            "receipt": reverse("files:receipt-json", args=[report.receipt_number]),
        }
        return {name: request.build_absolute_uri(path) for name, path in paths.items()}


class ReportSerializer(serializers.ModelSerializer):
    """A published report, in the version that is in force."""

    state = serializers.CharField(source="state.iso3", help_text="ISO 3166-1 alpha-3 code.")
    days_late = serializers.SerializerMethodField(
        help_text="0 when it was filed on time; null where nothing was due or the day of filing is not known."
    )
    version = serializers.IntegerField(help_text="The version in force; above 1 it is a correction.")
    receipt_number = serializers.CharField()
    links = extend_schema_field(dict[str, str])(LinksField)(source="*", read_only=True)

    class Meta:
        model = Report
        fields = [
            "state",
            "slug",
            "kind",
            "year",
            "edition",
            "language",
            "period_starts",
            "period_ends",
            "period_as_written",
            "due",
            "filed_at",
            "days_late",
            "version",
            "receipt_number",
            "provisional",
            "provenance",
            "is_demonstration",
            "links",
        ]

    def get_days_late(self, report: Report) -> int | None:
        return None if report.due is None else report.days_late


class VersionSerializer(serializers.ModelSerializer):
    """One version of a published report."""

    note = serializers.CharField(help_text="Why it was filed; of a correction always there.")
    changes = serializers.SerializerMethodField(help_text="The page that says what it changed; null of the first.")

    class Meta:
        model = ReportVersion
        fields = ["number", "filed_at", "receipt_number", "provenance", "note", "changes"]

    def get_changes(self, version: ReportVersion) -> str | None:
        if version.number == 1:
            return None
        report = version.report
        path = reverse("reporting:report-changes", args=[report.state.slug, report.slug, version.number])
        return self.context["request"].build_absolute_uri(path)


class ReportWithContentSerializer(ReportSerializer):
    """The same with what the report says, and its receipt."""

    versions = serializers.SerializerMethodField(help_text="Every version that was filed, oldest first.")
    export = serializers.SerializerMethodField(help_text="The public file: the report, its salts and its receipt.")

    class Meta(ReportSerializer.Meta):
        fields = [*ReportSerializer.Meta.fields, "versions", "export"]

    @extend_schema_field(VersionSerializer(many=True))
    def get_versions(self, report: Report) -> list[dict[str, Any]]:
        versions = ReportVersion.objects.filter(report=report).order_by("number").select_related("report__state")
        return VersionSerializer(versions.defer(*HEAVY), many=True, context=self.context).data

    def get_export(self, report: Report) -> dict[str, Any]:
        version = (
            ReportVersion.objects.select_related("report").only(*PUBLIC_COPY).get(report=report, number=report.version)
        )
        return version.public_export


class Reports(ListAPIView):
    """Published reports, filed last first. The same filters as the page."""

    serializer_class = ReportSerializer
    filterset_class = ReportFilter
    queryset = listed()


class OneReport(RetrieveAPIView):
    """One published report with what it says."""

    serializer_class = ReportWithContentSerializer
    filter_backends: list[Any] = []
    queryset = listed()

    def get_object(self) -> Report:
        report = self.get_queryset().filter(state__slug=self.kwargs["state"], slug=self.kwargs["slug"]).first()
        if report is None:
            raise Http404
        return report


class FigureSerializer(serializers.ModelSerializer):
    """One number of a published report, in the version that is in force."""

    state = serializers.CharField(source="state.iso3", help_text="ISO 3166-1 alpha-3 code.")
    label = serializers.SerializerMethodField(help_text="What the measure is called, in the language asked for.")
    report = serializers.CharField(source="version.report.slug")
    version = serializers.IntegerField(source="version.number")
    provenance = serializers.CharField(source="version.provenance")
    page = serializers.SerializerMethodField(help_text="The report, at the section that the number stands in.")

    class Meta:
        model = ReportFigure
        fields = [
            "state",
            "year",
            "measure",
            "label",
            "number",
            "precision",
            "unit",
            "item",
            "path",
            "report",
            "version",
            "provenance",
            "page",
        ]
        extra_kwargs = {
            "unit": {"help_text": "m2 for land, three letters of a currency for money, empty for what is counted."},
            "item": {"help_text": "What the row of the table is about, in the State's words."},
            "path": {"help_text": "The cell: section.part.row.column; row “none” where nothing was to be reported."},
        }

    def get_label(self, figure: ReportFigure) -> str:
        measure = measures().get(figure.measure)
        return str(measure.label) if measure else figure.measure

    def get_page(self, figure: ReportFigure) -> str:
        return self.context["request"].build_absolute_uri(figures.place_of(figure))


class Figures(ListAPIView):
    """The numbers that published reports give, one by one. A State and year without a row gave none."""

    serializer_class = FigureSerializer
    filterset_class = FigureFilter
    queryset = figures.listed()
