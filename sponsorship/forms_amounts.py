"""A field for amounts and rates, read as the reader's language writes numbers: 1,250.50 and 1 250,50."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from reporting.form.values.numbers import NotANumber, TwoReadings, read_number, two_readings
from reporting.form.values.vocabulary import fold

LONGEST = 24


class AmountField(forms.CharField):
    """A number above zero. What can be read in two ways is asked back; of a rate, 1.075 is one and a bit."""

    def __init__(self, *, is_rate: bool = False, **kwargs: Any) -> None:
        self.is_rate = is_rate
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "num"})
        super().__init__(**{"label": _("Amount"), "max_length": LONGEST, "widget": widget} | kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        language = get_language() or "en"
        try:
            return read_number(fold(text), language=language)
        except TwoReadings as found:
            if self.is_rate:
                return found.second
            raise ValidationError(two_readings(text, found, language).sentence) from None
        except NotANumber:
            raise ValidationError(_now("“%(text)s” is no amount. Write figures alone.") % {"text": text}) from None
