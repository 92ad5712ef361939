"""The filter of the States: one for the page and the API."""

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.enums import Known, TreatyStatus
from ccm_portal.core.filtering import SortFilter
from ccm_portal.core.models import RegionGroup, State
from ccm_portal.core.models.names import COLUMNS, language_column


def by_name() -> list[str]:
    return [f"sort_{language_column()}", "name_en"]


def named(words: str) -> Q:
    """States whose name in any of the six languages holds the words; the three-letter code counts too."""
    condition = Q(iso3__iexact=words)
    for column in COLUMNS.values():
        condition |= Q(**{f"name_{column}__icontains": words})
    return condition


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
        return qs.filter(named(words.strip()[:100]))
