"""Amounts on pages of sponsorship."""

from decimal import Decimal

from django import template

from sponsorship.domain.amounts import amount_text

register = template.Library()


@register.filter
def in_currency(amount: Decimal | int | None, currency: str) -> str:
    """``{{ 2000|in_currency:"CHF" }}``: CHF 2,000. Nothing for no amount."""
    return "" if amount is None else amount_text(amount, currency)
