"""The filter of the obligations: one for the page and the file. Rows are derived, so it narrows the States in the
database and the rows of each afterwards."""

from collections.abc import Callable
from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.models import RegionGroup, State
from compliance.domain.obligation_rows import Obligation
from compliance.domain.obligations import obligations
from compliance.enums import ObligationKind, Standing

ALL = "all"
ORDERS: dict[str, tuple[Any, Callable[[Obligation], Any] | None, bool]] = {
    "due": (_("Due, earliest first"), lambda row: row.due, False),
    "due-latest": (_("Due, latest first"), lambda row: row.due, True),
    "state": (_("State"), None, False),
}


class ObligationFilter(django_filters.FilterSet):
    """By State, kind, standing and regional group. Without a standing: what is still to be done."""

    state = django_filters.ModelChoiceFilter(
        label=_("State"),
        field_name="slug",
        queryset=lambda request: State.objects.exclude(entry_into_force=None).by_name(),
        to_field_name="slug",
        empty_label=_("All"),
        method="with_state",
    )
    kind = django_filters.ChoiceFilter(
        label=pgettext_lazy("what a State owes", "Obligation"),
        choices=ObligationKind.choices,
        empty_label=_("All"),
        method="leave",
    )
    standing = django_filters.ChoiceFilter(
        label=_("Standing"),
        choices=[*Standing.choices, (ALL, _("All"))],
        empty_label=_("Still to be done"),
        method="leave",
    )
    region = django_filters.ModelChoiceFilter(
        label=_("Regional group"),
        field_name="region_group",
        queryset=lambda request: RegionGroup.objects.by_name(),
        to_field_name="key",
        empty_label=_("All"),
    )
    sort = django_filters.ChoiceFilter(
        label=_("Order"),
        choices=[(name, label) for name, (label, _key, _back) in ORDERS.items() if name != "due"],
        empty_label=_("Due, earliest first"),
        method="leave",
    )

    class Meta:
        model = State
        fields: list[str] = []

    def with_state(self, qs: QuerySet, name: str, value: State) -> QuerySet:
        return qs.filter(pk=value.pk)

    def leave(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        """Of rows, not of States: see ``rows``."""
        return qs

    def rows(self, *, on: date) -> list[Obligation]:
        """What was asked for, in the order that was asked for. A constant number of queries."""
        asked = self.form.cleaned_data if self.is_bound and self.form.is_valid() else {}
        kind, standing = asked.get("kind"), asked.get("standing")
        found = [
            row
            for row in obligations(self.qs, on=on)
            if (not kind or row.kind == kind)
            and (standing == ALL or (row.standing == standing if standing else row.is_open))
        ]
        _label, key, backwards = ORDERS[asked.get("sort") or "due"]
        return sorted(found, key=key, reverse=backwards) if key else found
