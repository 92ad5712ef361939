"""What the pages of settlement and of reports send, cleaned. Nothing is stored here."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.forms import DAY, line
from ccm_portal.core.seen import SeenForm
from sponsorship.domain.settlement import LONGEST_NOTE, LONGEST_REFERENCE
from sponsorship.enums import CURRENCIES, CostKind

WAYS = (("paid", pgettext_lazy("cost", "Paid")), ("back", pgettext_lazy("cost", "Came back")))
SCANS = ".pdf,.png,.jpg,.jpeg"


class CostForm(SeenForm):
    """One invoice or receipt, or a refund."""

    way = forms.ChoiceField(label=_("Paid, or came back"), choices=WAYS, widget=forms.RadioSelect, initial="paid")
    kind = forms.ChoiceField(label=_("Kind of cost"), choices=CostKind)
    amount = forms.DecimalField(
        label=_("Amount"),
        max_digits=12,
        decimal_places=2,
        min_value=Decimal("0.01"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    paid_on = forms.DateField(label=_("Day"), widget=DAY)
    reference = forms.CharField(
        label=pgettext_lazy("cost", "Reference"),
        max_length=LONGEST_REFERENCE,
        widget=line(),
        help_text=_("Of the invoice, receipt or credit note. It keeps a payment from being entered twice."),
    )
    note = forms.CharField(label=_("Note"), max_length=LONGEST_NOTE, required=False, widget=line())
    receipt = forms.FileField(
        label=_("Receipt"),
        required=False,
        max_length=1000,
        widget=forms.ClearableFileInput(attrs={"accept": SCANS}),
        help_text=_("PDF, PNG or JPEG. It is sealed like a passport."),
    )
    again = forms.BooleanField(label=_("This is another payment: enter it"), required=False)
    field_order = ("way", "kind", "amount", "currency", "paid_on", "reference", "note", "receipt", "again", "version")

    def __init__(self, *args: Any, asks_again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_again and not self.data.get("again"):
            self.ask_again(asked=False)

    def ask_again(self, *, asked: bool) -> None:
        """Show the box to tick, or keep it hidden until it is needed."""
        self.fields["again"].widget = forms.CheckboxInput() if asked else forms.HiddenInput()


class ReasonForm(SeenForm):
    """Why something is opened again."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_NOTE, widget=line())


class IssueForm(forms.Form):
    """The figures that the page showed."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
