"""Clean input about contributions and exchange rates. Forms never save."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.forms import DAY, line, prose
from ccm_portal.core.models import Organisation, RegionGroup, State
from ccm_portal.core.seen import SeenForm
from meetings.models import Meeting
from meetings.rules import public_meetings
from sponsorship.domain.contributions import Promised, Terms
from sponsorship.enums import CURRENCIES, EarmarkKind
from sponsorship.forms_amounts import AmountField
from sponsorship.models import Contribution

CODES = [(code, code) for code in CURRENCIES]
PLAIN = (EarmarkKind.LEAST_DEVELOPED, EarmarkKind.AFFECTED, EarmarkKind.WOMEN)


class TermsForm(forms.Form):
    """What a donor says with its pledge, beside the years."""

    pledged_on = forms.DateField(label=_("Pledged on"), widget=DAY)
    reference = forms.CharField(label=_("Note verbale or agreement"), required=False, max_length=120, widget=line())
    earmarks = forms.MultipleChoiceField(
        label=_("To be used for"),
        required=False,
        choices=[(one.value, one.label) for one in PLAIN],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever is sponsored must meet everything that is ticked. Tick nothing for general money."),
    )
    regions = forms.ModelMultipleChoiceField(
        label=_("Regions"),
        required=False,
        queryset=RegionGroup.objects.none(),
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
    )
    meetings = forms.ModelMultipleChoiceField(
        label=_("Meetings"),
        required=False,
        queryset=Meeting.objects.none(),
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label=_("Note for the office"), required=False, max_length=2000, widget=prose(3))
    is_named = forms.BooleanField(label=_("Name the donor in the report to the meeting"), required=False, initial=True)

    def __init__(self, *args: Any, on: date, kept: Contribution | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regions"].queryset = RegionGroup.objects.by_name()  # type: ignore[attr-defined]
        ahead = public_meetings().filter(ends__gte=on)
        if kept is not None:
            ahead = ahead | public_meetings().filter(pk__in=kept.earmarks.values("meeting"))
        self.fields["meetings"].queryset = ahead.distinct().order_by("starts")  # type: ignore[attr-defined]
        self.fields["meetings"].label_from_instance = lambda meeting: meeting.short_name  # type: ignore[attr-defined]

    def terms(self, instalments: list[Promised]) -> Terms:
        typed = self.cleaned_data
        names = ("pledged_on", "reference", "note", "is_named", "regions", "meetings")
        return Terms(
            instalments=instalments, earmarks=frozenset(typed["earmarks"]), **{name: typed[name] for name in names}
        )


class PledgeForm(TermsForm):
    """A new contribution: whose, in which currency."""

    state = forms.ModelChoiceField(
        label=_("State"),
        queryset=State.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("none"),
        help_text=_("Or an organisation, below."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("none"),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=CODES)
    field_order = ["state", "organisation", "currency", "pledged_on", "reference"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].queryset = State.objects.by_name()  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = Organisation.objects.by_name()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("state")) == bool(cleaned.get("organisation")):
            self.add_error("state", _("Choose a State or an organisation, one of them."))
        return cleaned


class ChangeForm(SeenForm, TermsForm):
    """A pledge that is changed."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=300, widget=line())


class YearForm(forms.Form):
    """What is promised for one year; an empty row is none."""

    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2200)
    amount = AmountField(required=False)
    due_on = forms.DateField(label=_("Due on"), required=False, widget=DAY)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [name for name in ("year", "amount", "due_on") if cleaned.get(name) or name in self.errors]
        if given and not self.errors:
            if not cleaned.get("year"):
                self.add_error("year", _("Write the year."))
            if not cleaned.get("amount"):
                self.add_error("amount", _("Write the amount."))
        return cleaned


class _Years(forms.BaseFormSet):  # type: ignore[type-arg]
    def promised(self) -> list[Promised]:
        told = [form.cleaned_data for form in self.forms if form.cleaned_data.get("amount")]
        return [Promised(year=one["year"], amount=one["amount"], due_on=one["due_on"]) for one in told]


def year_rows(data: Any, years: list[dict[str, Any]]) -> Any:
    """The years that stand, and some empty rows."""
    rows = forms.formset_factory(YearForm, formset=_Years, extra=2 if years else 4, max_num=16)
    return rows(data, initial=years, prefix="year")


class MoneyForm(SeenForm):
    """Money that came in or went back."""

    amount = AmountField()
    day = forms.DateField(label=_("Day at the bank"), widget=DAY)
    reference = forms.CharField(label=_("The bank's reference"), max_length=120, widget=line())
    note = forms.CharField(label=_("Note"), required=False, max_length=300, widget=line())


class CurrencyForm(SeenForm):
    """A donor goes on in another currency."""

    currency = forms.ChoiceField(label=_("Currency from now on"), choices=CODES)
    day = forms.DateField(label=_("From"), widget=DAY)
    reference = forms.CharField(label=_("Note verbale or agreement"), required=False, max_length=120, widget=line())


class UndoForm(SeenForm):
    """Why an entry is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=line())


class RateForm(forms.Form):
    """An exchange rate of a day. ``sure`` is asked only where it looks like a slip."""

    base = forms.ChoiceField(label=_("1 unit of"), choices=CODES)
    rate = AmountField(is_rate=True, label=_("is worth"), help_text=_("For example 0.9342."))
    quote = forms.ChoiceField(label=pgettext_lazy("exchange rate", "of"), choices=CODES)
    day = forms.DateField(label=_("Day"), widget=DAY)
    source = forms.CharField(
        label=_("Source"), max_length=300, widget=line(), help_text=_("For example the central bank and its page.")
    )
    sure = forms.BooleanField(label=_("I have checked it: the rate is right."), required=False)

    def __init__(self, *args: Any, asked_again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asked_again and "sure" not in self.data:
            self.fields["sure"].widget = forms.HiddenInput()
