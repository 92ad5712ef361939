"""What the office's pages about the calendar send, cleaned. Nothing is stored here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.forms import DAY
from ccm_portal.core.models import State
from meetings.domain.neighbours import Said
from meetings.enums import DatePrecision, Instrument


class NeighbourForm(forms.Form):
    """A meeting of a related instrument."""

    instrument = forms.ChoiceField(label=_("Instrument"), choices=Instrument.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    host = forms.ModelChoiceField(label=_("Host"), queryset=State.objects.none(), required=False, empty_label=_("none"))
    starts = forms.DateField(label=_("First day"), widget=DAY)
    ends = forms.DateField(label=_("Last day"), widget=DAY)
    precision = forms.ChoiceField(
        label=_("How exactly the days are known"), choices=DatePrecision.choices, widget=forms.RadioSelect
    )
    is_usual = forms.BooleanField(
        label=_("Its usual slot, not an announced date"),
        required=False,
        help_text=_("Take the tick away once the days are announced."),
    )
    attending_both = forms.IntegerField(
        label=_("States that attend both"),
        min_value=0,
        max_value=200,
        required=False,
        help_text=_("Where somebody has counted. The planner counts journeys with it."),
    )
    source = forms.CharField(label=_("Source"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = State.objects.by_name()  # type: ignore[attr-defined]

    def said(self) -> Said:
        told = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return Said(**told)
