"""What is sealed, as it is typed: passport, bank account, needs of health and access. Nothing is stored here.

The pages of officers and the page of the person use the same forms.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.forms import DAY, line, prose
from ccm_portal.core.models import State
from ccm_portal.core.seen import SeenForm
from sponsorship.domain import sealed_values
from sponsorship.domain.sealed_values import LONG, SHORT
from sponsorship.enums import SealedKind


def _exact() -> forms.TextInput:
    """A line of signs that no browser keeps or mends."""
    return forms.TextInput(
        attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
    )


class SealedForm(SeenForm):
    """The fields of one kind, checked by the domain."""

    kind: SealedKind

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            sealed_values.checked(self.kind, self.values())
        except sealed_values.ValuesRefused as refusal:
            for name, sentence in refusal.faults.items():
                if name not in self.errors:
                    self.add_error(name, sentence)
        return cleaned

    def values(self) -> dict[str, Any]:
        """What was typed, for ``sponsorship.domain.sealing.write``."""
        return {name: self.cleaned_data.get(name) for name in sealed_values.FIELDS[self.kind]}


class PassportForm(SealedForm):
    """A passport."""

    kind = SealedKind.PASSPORT
    number = forms.CharField(label=pgettext_lazy("passport", "Number"), max_length=SHORT, widget=_exact())
    issuing = forms.ChoiceField(label=pgettext_lazy("passport", "Issued by"), choices=[])
    valid_from = forms.DateField(label=_("Valid from"), required=False, widget=DAY)
    valid_until = forms.DateField(label=_("Valid until"), widget=DAY)
    name = forms.CharField(label=_("Name as it stands in the passport"), max_length=SHORT, widget=line())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuing"].choices = [("", "")] + [  # type: ignore[attr-defined]
            (state.iso3, state.name) for state in State.objects.by_name()
        ]


class BankForm(SealedForm):
    """A bank account."""

    kind = SealedKind.BANK
    holder = forms.CharField(label=_("Holder of the account"), max_length=SHORT, widget=line())
    bank = forms.CharField(label=pgettext_lazy("account", "Bank"), max_length=SHORT, widget=line())
    account = forms.CharField(label=_("IBAN or number of the account"), max_length=SHORT, widget=_exact())
    bic = forms.CharField(label=pgettext_lazy("account", "BIC"), max_length=20, required=False, widget=_exact())
    address = forms.CharField(
        label=_("Address of the bank"), max_length=LONG["address"], required=False, widget=prose(3)
    )


class HealthForm(SealedForm):
    """Needs of health and access; nothing means that there are none."""

    kind = SealedKind.HEALTH
    needs = forms.CharField(
        label=_("Needs of health and access"),
        max_length=LONG["needs"],
        required=False,
        widget=prose(5),
        help_text=_("What has to be arranged, in words. Leave empty if there are none."),
    )


class BankChangeForm(BankForm):
    """Another account in place of the one that is there, with the reason."""

    reason = forms.CharField(
        label=_("Why the account changes"),
        max_length=300,
        widget=line(),
        help_text=_("Without a name or a number: this is not sealed."),
    )


FORMS: dict[str, type[SealedForm]] = {
    SealedKind.PASSPORT: PassportForm,
    SealedKind.BANK: BankForm,
    SealedKind.HEALTH: HealthForm,
}


RECEIPT = "receipt"  # kept as no kind


class SealedFileForm(forms.Form):
    """A scan, a certificate, a receipt."""

    kind = forms.TypedChoiceField(
        label=pgettext_lazy("sealed file", "What it is"),
        choices=[*SealedKind.choices, (RECEIPT, pgettext_lazy("sealed file", "Receipt"))],
        coerce=lambda kind: "" if kind == RECEIPT else kind,
        initial=SealedKind.PASSPORT,
    )
    file = forms.FileField(label=_("File"), allow_empty_file=True, help_text=_("PDF, PNG or JPEG, at most 5 MB."))


class SettleForm(SeenForm):
    """A button of the page of a changed account."""

    act = forms.ChoiceField(choices=[("confirm", ""), ("refuse", ""), ("take_back", "")], widget=forms.HiddenInput)


class PurgeForm(SeenForm):
    """Sealed data are destroyed before their day."""

    sure = forms.BooleanField(label=_("I know that this cannot be undone"))
