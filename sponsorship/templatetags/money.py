"""Amounts of money as the reader's language writes them."""

from decimal import Decimal
from typing import Any

from django import template

from sponsorship.domain import money as amounts
from sponsorship.domain.money_reading import earmark_words

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """{{ cost.amount|money:cost.currency }} -> CHF 1,250.00"""
    return "" if amount is None else amounts.told(amount, currency)


@register.filter
def figures(amount: Decimal | None, currency: str) -> str:
    """{{ cost.amount|figures:"CHF" }} -> 1,250.00, where a heading names the currency."""
    return "" if amount is None else amounts.figures(amount, currency)


@register.filter
def earmarked(contribution: Any) -> list[str]:
    """What a contribution may be used for, in words; an empty list for general money."""
    return earmark_words(contribution.earmarks.all())
