"""What the filters of every list share: a sort order in the address."""

from collections.abc import Callable, Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

Order = Sequence[Any] | Callable[[], Sequence[Any]]


class SortFilter(django_filters.ChoiceFilter):
    """``?sort=name``: one of a few named orders, the first where the address names none.

    An order that depends on the reader's language is a function. The key comes last in every order, so that the
    pages of a list neither overlap nor leave a row out.
    """

    def __init__(self, *, orders: dict[str, tuple[Any, Order]]) -> None:
        self.orders = {name: order for name, (_label, order) in orders.items()}
        super().__init__(
            label=_("Order"),
            choices=[(name, label) for name, (label, _order) in orders.items()],
            empty_label=None,
        )

    def filter(self, qs: QuerySet, value: str | None) -> QuerySet:
        order = self.orders[value or next(iter(self.orders))]
        return qs.order_by(*(order() if callable(order) else order), "pk")
