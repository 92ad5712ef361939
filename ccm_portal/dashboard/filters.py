"""The filter of the States: one for the page and the API."""

import django_filters
from django import forms
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import aliases
from ccm_portal.core.aliases import fold
from ccm_portal.core.enums import Known, TreatyStatus
from ccm_portal.core.filtering import SortFilter
from ccm_portal.core.models import RegionGroup, State
from ccm_portal.core.models.names import COLUMNS, language_column


def by_name() -> list[str]:
    return [f"sort_{language_column()}", "name_en"]


def named(words: str) -> Q:
    """States whose name in any of the six languages holds the words, with or without accents; the three-letter code
    and the names in everyday use count too."""
    key = fold(words)
    condition = Q(iso3__iexact=words) | Q(iso3__in=[alias.iso3 for alias in aliases.beginning(words)])
    for column in COLUMNS.values():
        condition |= Q(**{f"name_{column}__icontains": words})
        if key:
            condition |= Q(**{f"sort_{column}__contains": key})
    return condition


def nearness(words: str) -> Case:
    """How near the words come to a name of the State: 0 it is the name, 1 it begins so, 2 a word in it does, 3 else."""
    key = fold(words)
    exactly = Q(iso3__iexact=words) | Q(iso3__in=[alias.iso3 for alias in aliases.exactly(words)])
    begins, word = Q(iso3__in=[alias.iso3 for alias in aliases.beginning(words)]), Q(pk__in=[])
    for column in COLUMNS.values():
        exactly |= Q(**{f"name_{column}__iexact": words})
        begins |= Q(**{f"name_{column}__istartswith": words})
        if key:
            exactly |= Q(**{f"sort_{column}": key})
            begins |= Q(**{f"sort_{column}__startswith": key})
            word |= Q(**{f"sort_{column}__contains": f" {key}"})
    steps = [When(step, then=Value(number)) for number, step in enumerate((exactly, begins, word))]
    return Case(*steps, default=Value(3), output_field=IntegerField())


class StateFilter(django_filters.FilterSet):
    """By name, treaty status, regional group, and whether the State is listed as affected."""

    name = django_filters.CharFilter(label=_("Name"), method="with_name", field_name="name_en")
    status = django_filters.ChoiceFilter(
        label=_("Standing"), field_name="treaty_status", choices=TreatyStatus.choices, empty_label=_("All")
    )
    region = django_filters.ModelChoiceFilter(
        label=_("Regional group"),
        field_name="region_group",
        queryset=lambda request: RegionGroup.objects.by_name(),
        to_field_name="key",
        empty_label=_("All"),
    )
    affected = django_filters.ChoiceFilter(
        label=_("Contaminated by remnants"), choices=Known.choices, empty_label=_("All")
    )
    sort = SortFilter(
        orders={
            "name": (_("Name"), by_name),
            "in-force": (_("In force, earliest first"), [F("entry_into_force").asc(nulls_last=True)]),
            "in-force-latest": (_("In force, latest first"), [F("entry_into_force").desc(nulls_last=True)]),
            "region": (_("Regional group"), lambda: ["region_group__key", *by_name()]),
        }
    )

    class Meta:
        model = State
        fields: list[str] = []

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["name"].max_length = 100
        self.form.fields["name"].widget = forms.TextInput(attrs={"type": "search", "maxlength": 100})

    def with_name(self, qs: QuerySet, name: str, words: str) -> QuerySet:
        return qs.filter(named(_cut(words)))

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """What comes nearest to the name that was typed stands first, unless an order was asked for."""
        found = super().filter_queryset(queryset)
        words = _cut(self.form.cleaned_data["name"])
        if not words or self.form.cleaned_data["sort"]:
            return found
        return found.order_by(nearness(words), *by_name(), "pk")


def _cut(words: str) -> str:
    return " ".join(words.split())[:100]
