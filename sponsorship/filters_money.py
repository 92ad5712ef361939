"""The filter of the ledger: one for the page and the files."""

from typing import Any

import django_filters
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.filtering import SortFilter
from ccm_portal.core.forms import DAY
from sponsorship.enums import CURRENCIES, EntryKind
from sponsorship.models import Contribution, LedgerEntry, Round


class LedgerFilter(django_filters.FilterSet):
    """By contribution, kind, currency, round, and days."""

    contribution = django_filters.ModelChoiceFilter(
        label=_("Contribution"),
        queryset=lambda request: Contribution.objects.select_related("state", "organisation").order_by("pk"),
        empty_label=_("All"),
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=EntryKind.choices, empty_label=_("All"))
    currency = django_filters.ChoiceFilter(
        label=_("Currency"),
        field_name="contribution__currency",
        choices=[(code, code) for code in CURRENCIES],
        empty_label=_("All"),
    )
    round = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("sponsorship", "Round"),
        queryset=lambda request: Round.objects.select_related("meeting").order_by("-meeting__starts", "-pk"),
        to_field_name="key",
        empty_label=_("All"),
    )
    since = django_filters.DateFilter(label=_("From"), field_name="day", lookup_expr="gte", widget=DAY)
    until = django_filters.DateFilter(label=_("Until"), field_name="day", lookup_expr="lte", widget=DAY)
    sort = SortFilter(
        orders={
            "latest": (_("Last first"), [F("day").desc(), F("pk").desc()]),
            "earliest": (_("First first"), [F("day").asc(), "pk"]),
        }
    )

    class Meta:
        model = LedgerEntry
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.form.fields["contribution"].label_from_instance = lambda one: (
            f"{one.donor.name} ({one.currency}, {one.pk})"
        )
        self.form.fields["round"].label_from_instance = lambda one: one.meeting.short_name
