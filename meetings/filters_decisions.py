"""The filter of the register of decisions: one for the page and the file."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.filtering import SortFilter
from ccm_portal.core.models import State
from meetings.enums import DecisionKind, DecisionOutcome
from meetings.models import Decision, Meeting
from meetings.rules_decisions import public_decisions


class DecisionFilter(django_filters.FilterSet):
    """By meeting, kind, outcome, State, year, and words."""

    text = django_filters.CharFilter(label=_("Words in the decision"), method="with_words", field_name="title")
    meeting = django_filters.ModelChoiceFilter(
        label=_("Meeting"),
        queryset=lambda request: Meeting.objects.filter(
            pk__in=public_decisions().order_by().values("meeting")
        ).order_by("-starts"),
        to_field_name="key",
        empty_label=_("All"),
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=DecisionKind.choices, empty_label=_("All"))
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=DecisionOutcome.choices, empty_label=_("All"))
    state = django_filters.ModelChoiceFilter(
        label=_("State"),
        field_name="about_state",
        queryset=lambda request: State.objects.filter(
            pk__in=public_decisions().order_by().values("about_state")
        ).by_name(),
        to_field_name="slug",
        empty_label=_("All"),
    )
    year = django_filters.NumberFilter(
        label=_("Year"), field_name="decided_on__year", min_value=2000, max_value=2200, decimal_places=0
    )
    sort = SortFilter(
        orders={
            "latest": (_("Taken last first"), [F("decided_on").desc(), F("meeting").desc(), "number"]),
            "earliest": (_("Taken first first"), [F("decided_on").asc(), "meeting", "number"]),
        }
    )

    class Meta:
        model = Decision
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.form.fields["text"].widget = forms.TextInput(attrs={"type": "search", "maxlength": 100, "dir": "auto"})
        self.form.fields["meeting"].label_from_instance = lambda meeting: meeting.short_name

    def with_words(self, qs: QuerySet, name: str, words: str) -> QuerySet:
        return with_words(qs, words)


def with_words(decisions: QuerySet[Decision], words: str) -> QuerySet[Decision]:
    """Decisions that hold every word, in any of their texts."""
    for word in words.split()[:8]:
        decisions = decisions.filter(
            Q(title__icontains=word)
            | Q(text__icontains=word)
            | Q(conditions__icontains=word)
            | Q(reservations__icontains=word)
        )
    return decisions
