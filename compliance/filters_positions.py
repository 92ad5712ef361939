"""The filter of positions: one for the pages, the files and the API."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.filtering import SortFilter
from ccm_portal.core.models import State
from ccm_portal.core.models.names import language_column
from compliance.enums import PositionSource
from compliance.models import Position, Topic
from compliance.rules_positions import public_positions


def _by_state() -> list[Any]:
    return [f"state__sort_{language_column()}", "state__name_en", F("said_on").desc()]


class PositionFilter(django_filters.FilterSet):
    """By words, State, topic, source and year."""

    text = django_filters.CharFilter(label=_("Words in the position"), method="with_words", field_name="text")
    state = django_filters.ModelChoiceFilter(
        label=_("State"),
        queryset=lambda request: State.objects.filter(pk__in=public_positions().order_by().values("state")).by_name(),
        to_field_name="slug",
        empty_label=_("All"),
    )
    topic = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("position", "Topic"),
        queryset=lambda request: Topic.objects.order_by("position"),
        to_field_name="key",
        empty_label=_("All"),
    )
    source = django_filters.ChoiceFilter(label=_("Source"), choices=PositionSource.choices, empty_label=_("All"))
    year = django_filters.NumberFilter(
        label=_("Year"), field_name="said_on__year", min_value=2000, max_value=2200, decimal_places=0
    )
    sort = SortFilter(
        orders={
            "latest": (_("Said last first"), [F("said_on").desc()]),
            "earliest": (_("Said first first"), [F("said_on").asc()]),
            "state": (_("By State"), _by_state),
        }
    )

    class Meta:
        model = Position
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.form.fields["text"].widget = forms.TextInput(attrs={"type": "search", "maxlength": 100, "dir": "auto"})

    def with_words(self, qs: QuerySet, name: str, words: str) -> QuerySet:
        return with_words(qs, words)


class TopicFilter(PositionFilter):
    """The same within one topic; States in the order of their names, unless asked otherwise."""

    topic = None
    sort = SortFilter(
        orders={
            "state": (_("By State"), _by_state),
            "latest": (_("Said last first"), [F("said_on").desc()]),
            "earliest": (_("Said first first"), [F("said_on").asc()]),
        }
    )


def with_words(positions: QuerySet[Position], words: str) -> QuerySet[Position]:
    """Positions that hold every word, in their own language or in the translation."""
    for word in words.replace("\x00", " ").split()[:8]:
        positions = positions.filter(Q(text__icontains=word) | Q(translation__icontains=word))
    return positions
