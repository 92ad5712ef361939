"""Amounts as readers see them, with their currency."""

from decimal import Decimal

from babel.numbers import format_currency

from ccm_portal.core.writing import locale


def amount_text(amount: Decimal | int, currency: str, language: str | None = None) -> str:
    """CHF 2,000.00; CHF 2’000.00; whole amounts without their zeros: CHF 2,000."""
    amount = Decimal(amount)
    digits = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    return format_currency(
        amount, currency, f"¤¤ {digits};¤¤ -{digits}", locale=locale(language), currency_digits=False
    )
