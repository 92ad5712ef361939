"""The filter of the published reports: one for the page and the API."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.filtering import SortFilter
from ccm_portal.core.models import RegionGroup, State, User
from ccm_portal.core.models.names import language_column
from reporting.domain import office
from reporting.domain.published import was_late
from reporting.domain.words import reports_with
from reporting.enums import ReportKind
from reporting.form.figures import measures
from reporting.models import Report, ReportFigure
from reporting.rules import published_reports


def by_state() -> list[object]:
    return [f"state__sort_{language_column()}", F("year").desc(nulls_last=True)]


class ReportFilter(django_filters.FilterSet):
    """By State, regional group, year, kind, on time or late, language, and words of the text."""

    text = django_filters.CharFilter(label=_("Words in the report"), method="with_words", field_name="slug")
    state = django_filters.ModelChoiceFilter(
        label=_("State"),
        queryset=lambda request: State.objects.filter(pk__in=published_reports().values("state")).by_name(),
        to_field_name="slug",
        empty_label=_("All"),
    )
    region = django_filters.ModelChoiceFilter(
        label=_("Regional group"),
        field_name="state__region_group",
        queryset=lambda request: RegionGroup.objects.by_name(),
        to_field_name="key",
        empty_label=_("All"),
    )
    year = django_filters.NumberFilter(label=_("Year"), min_value=2000, max_value=2200, decimal_places=0)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ReportKind.choices, empty_label=_("All"))
    filed = django_filters.ChoiceFilter(
        label=_("Filed"),
        choices=[("on-time", _("On time")), ("late", _("Late"))],
        empty_label=_("All"),
        method="in_time",
        field_name="filed_at",
    )
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES, empty_label=_("All"))
    sort = SortFilter(
        orders={
            "latest": (_("Filed last first"), [F("filed_at").desc()]),
            "earliest": (_("Filed first first"), [F("filed_at").asc()]),
            "state": (_("State"), by_state),
            "year": (_("Year, latest first"), [F("year").desc(nulls_last=True), F("filed_at").desc()]),
        }
    )

    class Meta:
        model = Report
        fields: list[str] = []

    def __init__(self, data=None, *args, **kwargs) -> None:
        super().__init__(_with_slug(data), *args, **kwargs)
        self.form.fields["text"].widget = forms.TextInput(attrs={"type": "search", "maxlength": 100, "dir": "auto"})

    def with_words(self, qs: QuerySet, name: str, words: str) -> QuerySet:
        return reports_with(words, among=qs)

    def in_time(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        return qs.filter(was_late()) if value == "late" else qs.filter(due__isnull=False).exclude(was_late())


class OfficeReportFilter(django_filters.FilterSet):
    """The office's list of filed reports: by what waits, State and year."""

    show = django_filters.ChoiceFilter(
        label=_("What waits"),
        choices=[
            ("thanks", _("To thank for")),
            ("questions", _("Questions not answered")),
            ("answers", _("Answers to read")),
            ("papers", _("Awaiting the State’s confirmation")),
            ("contested", _("Entries that the State says are not right")),
        ],
        method="waiting",
        field_name="slug",
        widget=forms.HiddenInput,  # the page has tabs for it
    )
    state = django_filters.ModelChoiceFilter(
        label=_("State"),
        queryset=lambda request: State.objects.filter(pk__in=published_reports().values("state")).by_name(),
        to_field_name="slug",
        empty_label=_("All"),
    )
    year = django_filters.NumberFilter(label=_("Year"), min_value=2000, max_value=2200, decimal_places=0)

    class Meta:
        model = Report
        fields: list[str] = []

    def __init__(self, data=None, *args, user: User, on: date, **kwargs) -> None:
        super().__init__(data, *args, **kwargs)
        self.user, self.on = user, on

    def waiting(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        """Each sort of work is one query of the office; here it narrows the list."""
        narrowed = {
            "thanks": lambda: office.to_thank(self.user, on=self.on),
            "questions": lambda: office.awaiting_answers(self.user),
            "answers": lambda: office.with_new_answers(self.user),
            "papers": lambda: office.awaiting_confirmation(self.user),
            "contested": lambda: office.contested(self.user),
        }
        return qs.filter(pk__in=narrowed[value]().values("pk")) if value in narrowed else qs


class FigureFilter(django_filters.FilterSet):
    """By what is counted, State and year."""

    measure = django_filters.ChoiceFilter(
        label=_("What is counted"), choices=lambda: [(key, measure.label) for key, measure in measures().items()]
    )
    state = django_filters.ModelChoiceFilter(
        label=_("State"),
        queryset=lambda request: State.objects.filter(pk__in=published_reports().values("state")).by_name(),
        to_field_name="slug",
    )
    year = django_filters.NumberFilter(label=_("Year"), min_value=2000, max_value=2200, decimal_places=0)

    class Meta:
        model = ReportFigure
        fields: list[str] = []

    def __init__(self, data=None, *args, **kwargs) -> None:
        super().__init__(_with_slug(data), *args, **kwargs)


def _with_slug(data: Any) -> Any:
    """A State may be told by its three letters too: state=LAO."""
    code = data.get("state", "") if data else ""
    if data is None or len(code) != 3 or not code.isascii() or not code.isalpha():
        return data
    data = data.copy()
    data["state"] = State.objects.filter(iso3=code.upper()).values_list("slug", flat=True).first() or code
    return data
