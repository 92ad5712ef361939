"""Clean input about pauses and the addresses of missions. Forms never save."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.forms import DAY
from ccm_portal.core.models import State


class PauseForm(forms.Form):
    """For whom reminders rest, from when, until when and why."""

    state = forms.ModelChoiceField(
        label=_("State"), queryset=State.objects.none(), required=False, empty_label=_("all States")
    )
    starts = forms.DateField(label=_("From"), widget=DAY)
    until = forms.DateField(
        label=_("Last day"), widget=DAY, help_text=_("The last day without reminders. 90 days at most.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("It stands in the register."))

    def __init__(self, *args: object, on: date, **kwargs: object) -> None:
        kwargs["initial"] = {"starts": on} | dict(kwargs.get("initial") or {})  # type: ignore[call-overload]
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["state"].queryset = State.objects.by_name()  # type: ignore[attr-defined]


class MissionForm(forms.Form):
    """Where a State's permanent mission is written to."""

    mission_email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_("An address of the mission itself, rather than of a person. Empty takes it away."),
    )
