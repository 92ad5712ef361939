"""The filters of papers: of one meeting, and of all."""

from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field

from ccm_portal.core.document_rules import public_texts
from ccm_portal.core.enums import DocumentKind
from ccm_portal.core.models import Document, DocumentIssuer, Organisation, State
from meetings.domain.paper_reading import saying
from meetings.models import Meeting, MeetingPaper
from meetings.rules import public_meetings
from meetings.rules_papers import public_papers


def _issuers(field: str) -> QuerySet:
    """The rows behind the issuers of public papers."""
    papers = public_papers().order_by().values("pk")
    return DocumentIssuer.objects.filter(document__in=papers, **{f"{field}__isnull": False}).values(field)


class MeetingPaperFilter(django_filters.FilterSet):
    """By kind, who issues, item and language."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=DocumentKind.choices, empty_label=_("All"))
    issuer = django_filters.ChoiceFilter(
        label=_("Issued by"), method="issued", field_name="symbol", empty_label=_("All"), choices=[]
    )
    item = django_filters.ChoiceFilter(
        label=_("Agenda item"), method="on_item", field_name="symbol", empty_label=_("All"), choices=[]
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=settings.LANGUAGES, method="there_in", field_name="symbol", empty_label=_("All")
    )

    class Meta:
        model = Document
        fields: list[str] = []

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        meeting: Meeting,
        items: list[tuple[int, str]],
        issuers: list[tuple[str, str]],
        kinds: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self.meeting = meeting
        self.filters["kind"].extra["choices"] = kinds
        self.filters["issuer"].extra["choices"] = issuers
        self.filters["item"].extra["choices"] = [(str(code), label[:80]) for code, label in items]
        for name in ("kind", "issuer", "item"):
            self.filters[name].__dict__.pop("_field", None)

    def issued(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        kind, _colon, key = value.partition(":")
        field = {"state": "state__slug", "org": "organisation__key"}.get(kind, "name")
        return qs.filter(pk__in=DocumentIssuer.objects.filter(**{field: key}).values("document"))

    def on_item(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        return qs.filter(items__meeting=self.meeting, items__code=int(value))

    def there_in(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        return qs.filter(pk__in=public_texts().filter(language=value).values("document"))


class PaperFilter(django_filters.FilterSet):
    """By words, meeting, kind, State or organisation that issues, and language."""

    text = django_filters.CharFilter(label=_("Words or symbol"), method="with_words", field_name="symbol")
    meeting = django_filters.ModelChoiceFilter(
        label=_("Meeting"),
        queryset=lambda request: (
            public_meetings().filter(pk__in=MeetingPaper.objects.values("meeting")).order_by("-starts")
        ),
        to_field_name="key",
        method="of_meeting",
        field_name="symbol",
        empty_label=_("All"),
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=DocumentKind.choices, empty_label=_("All"))
    state = django_filters.ModelChoiceFilter(
        label=_("State"),
        queryset=lambda request: State.objects.filter(pk__in=_issuers("state")).by_name(),
        to_field_name="slug",
        method="of_state",
        field_name="symbol",
        empty_label=_("All"),
    )
    organisation = django_filters.ModelChoiceFilter(
        label=_("Organisation"),
        queryset=lambda request: Organisation.objects.filter(pk__in=_issuers("organisation")).by_name(),
        to_field_name="key",
        method="of_organisation",
        field_name="symbol",
        empty_label=_("All"),
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=settings.LANGUAGES, method="there_in", field_name="symbol", empty_label=_("All")
    )

    class Meta:
        model = Document
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.form.fields["text"].widget = forms.TextInput(attrs={"type": "search", "maxlength": 100, "dir": "auto"})
        self.form.fields["meeting"].label_from_instance = lambda meeting: meeting.short_name

    def with_words(self, qs: QuerySet, name: str, words: str) -> QuerySet:
        return qs.filter(saying(words.replace("\x00", "")))

    @extend_schema_field(str)
    def of_meeting(self, qs: QuerySet, name: str, meeting: Meeting | None) -> QuerySet:
        return qs.filter(pk__in=MeetingPaper.objects.filter(meeting=meeting).values("document")) if meeting else qs

    @extend_schema_field(str)
    def of_state(self, qs: QuerySet, name: str, state: State | None) -> QuerySet:
        return qs.filter(pk__in=DocumentIssuer.objects.filter(state=state).values("document")) if state else qs

    @extend_schema_field(str)
    def of_organisation(self, qs: QuerySet, name: str, body: Organisation | None) -> QuerySet:
        return qs.filter(pk__in=DocumentIssuer.objects.filter(organisation=body).values("document")) if body else qs

    def there_in(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        return qs.filter(pk__in=public_texts().filter(language=value).values("document"))
