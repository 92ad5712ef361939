"""What the address of the planner says, cleaned."""

from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from meetings.domain.planning import DEFAULT_BOTH, Assumptions
from meetings.enums import Instrument
from meetings.models import Meeting

MOST_WEEKS = 8
FIRST_YEAR, LAST_YEAR = 2008, 2100  # those of the calendar


def _number(label: Any, initial: int, most: int, least: int = 0, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, initial=initial, min_value=least, max_value=most, help_text=help_text)


class MeetingField(forms.ModelChoiceField):
    """A meeting, by its key in the address and its name on the page."""

    def label_from_instance(self, meeting: Meeting) -> str:
        return meeting.name


class PlannerForm(forms.Form):
    """Where, how long, and what is assumed. Whatever the address leaves out is as it is set here."""

    city = forms.CharField(label=_("City"), max_length=80, initial="Geneva")
    length = _number(_("Days of the meeting"), 4, 14, 1)
    meeting = MeetingField(
        label=_("Meeting to plan"),
        queryset=Meeting.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("one not in the calendar yet"),
    )
    states_both = _number(
        _("States that attend both meetings"), DEFAULT_BOTH, 200, help_text=_("Where nobody has counted them.")
    )
    delegates = _number(_("Delegates of each such State"), 1, 20)
    sponsored = _number(_("Of a hundred delegates, paid by sponsors"), 40, 100)
    ticket = _number(_("Ticket, there and back, in Swiss francs"), 1200, 20_000)
    night = _number(_("A night, in Swiss francs"), 150, 2000)
    allowance = _number(_("Allowance for a day, in Swiss francs"), 100, 2000)

    ASSUMED = ("states_both", "delegates", "sponsored", "ticket", "night", "allowance")

    def __init__(self, data: MultiValueDict[str, str], *, meetings: Any) -> None:
        told = data.copy()
        for name, field in self.base_fields.items():
            if field.initial is not None and not told.get(name):
                told[name] = str(field.initial)
        super().__init__(told)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]
        for name, label in Instrument.choices:
            by_instrument = _number(label, DEFAULT_BOTH, 200)
            by_instrument.required = False
            self.fields[f"both_{name}"] = by_instrument
        self.weeks: list[date] = []
        self.refused: list[str] = []
        for text in dict.fromkeys(one.strip() for one in data.getlist("week") if one.strip()):
            try:
                day = date.fromisoformat(text)
            except ValueError:
                self.refused.append(text)
                continue
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                self.weeks.append(day)
            else:
                self.refused.append(text)
        self.too_many = len(self.weeks) > MOST_WEEKS
        self.weeks = self.weeks[:MOST_WEEKS]

    def assumptions(self) -> Assumptions:
        """What is assumed, once the form is valid."""
        both = {name: self.cleaned_data[f"both_{name}"] for name in Instrument.values}
        given = {name: self.cleaned_data[name] for name in self.ASSUMED}
        return Assumptions(both={name: value for name, value in both.items() if value is not None}, **given)

    def assumed(self) -> list[Any]:
        return [self[name] for name in self.ASSUMED]

    def by_instrument(self) -> list[Any]:
        return [self[f"both_{name}"] for name in Instrument.values]
