"""One bar of all the money of a round, and sums in tables of which most are nothing."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

from sponsorship.domain import money

register = template.Library()


@register.filter
def some_money(amount: Decimal | None, currency: str) -> str:
    """{{ line.free|some_money:"CHF" }} -> CHF 1,250.00, and a dash for nothing."""
    return money.told(amount, currency) if amount else "–"


@register.inclusion_tag("sponsorship/parts/money_bar.html")
def money_bar(*, label: str, currency: str, spent: Decimal, held: Decimal, free: Decimal) -> dict[str, Any]:
    """Spent, held, free, from the reader's start side. The figures stand below it in words."""
    whole = spent + held + free
    mirror = get_language_bidi()
    parts, start = [], Decimal(0)
    for key, words, amount in (
        ("spent", _("Spent"), spent),
        ("held", _("Held for offers"), held),
        ("free", pgettext("money", "Free"), free),
    ):
        share = amount / whole * 100 if whole else Decimal(0)
        x = 100 - start - share if mirror else start
        parts.append({"key": key, "words": words, "amount": amount, "x": f"{x:.3f}", "share": f"{share:.3f}"})
        start += share
    return {"label": label, "currency": currency, "parts": parts, "whole": whole}
