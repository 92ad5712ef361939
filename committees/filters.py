"""The filters of lists in a workspace. The address holds them."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.forms import DAY
from ccm_portal.core.models import State
from committees.models import Body, Contact


class ContactFilter(django_filters.FilterSet):
    """By State, when, and whether a next step is open."""

    state = django_filters.ModelChoiceFilter(
        label=_("State"),
        field_name="with_states",
        queryset=State.objects.none(),
        to_field_name="slug",
        empty_label=_("All"),
    )
    since = django_filters.DateFilter(label=_("From"), field_name="held_on", lookup_expr="gte", widget=DAY)
    until = django_filters.DateFilter(label=_("To"), field_name="held_on", lookup_expr="lte", widget=DAY)
    step = django_filters.ChoiceFilter(
        label=_("Next step"),
        choices=[("open", _("open")), ("overdue", _("overdue")), ("none", _("nothing open"))],
        method="by_step",
        field_name="pk",
        empty_label=_("All"),
    )

    class Meta:
        model = Contact
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, body: Body, on: date, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.on = on
        met = State.objects.filter(contacts__body=body).distinct()
        self.filters["state"].field.queryset = met.by_name()

    def by_step(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        is_open = Q(follow_ups__done_on=None, follow_ups__isnull=False)
        if value == "none":
            return qs.exclude(pk__in=qs.filter(is_open).values("pk"))
        if value == "overdue":
            is_open &= Q(follow_ups__due__lt=self.on)
        return qs.filter(pk__in=qs.filter(is_open).values("pk"))
