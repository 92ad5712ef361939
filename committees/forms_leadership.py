"""What the pages of leadership and nominations send, cleaned. Nothing is stored here."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.forms import DAY, prose
from ccm_portal.core.models import State
from ccm_portal.core.seen import SeenForm
from committees.domain.nominations import LONGEST, Case
from committees.enums import Gender


class PeriodMixin(forms.Form):
    """First and last day, as people say them; the day after the last one is what is kept."""

    def period(self) -> dict[str, date | None]:
        """``starts`` and ``ends``, which is excluded."""
        last = self.cleaned_data.get("last_day")
        return {"starts": self.cleaned_data["starts"], "ends": last + timedelta(days=1) if last else None}


class NominationForm(PeriodMixin):
    """A State put forward, by the criteria of the paper of 2010."""

    starts = forms.DateField(label=_("First day of the term"), widget=DAY)
    last_day = forms.DateField(
        label=_("Last day of the term"),
        widget=DAY,
        help_text=_("Proposed from the next vacancy and from how long terms of this body last."),
    )
    experience = forms.CharField(
        label=_("Experience with the subject"),
        max_length=LONGEST,
        widget=prose(5),
        help_text=_("What your State has done on it, at home or with others."),
    )
    capacity = forms.CharField(
        label=_("Capacity to take on the work"),
        max_length=LONGEST,
        widget=prose(4),
        help_text=_("Who would do it, from where, with how much time."),
    )
    record = forms.CharField(
        label=_("Record of leadership on the Convention, and of respect for it"),
        max_length=LONGEST,
        widget=prose(4),
        help_text=_("Offices held, reports filed, deadlines kept."),
    )
    person_name = forms.CharField(
        required=False,
        max_length=120,
        label=_("Person proposed"),
        help_text=_("States hold the term; the person may change. Public once your State is elected."),
    )
    person_gender = forms.ChoiceField(
        required=False,
        label=_("Gender of the person"),
        choices=Gender.choices,
        help_text=_("As the person says. Only counted, never shown beside a name."),
    )
    note_reference = forms.CharField(required=False, max_length=120, label=_("Reference of the note verbale"))

    def case(self) -> Case:
        fields = ("experience", "capacity", "record", "person_name", "person_gender", "note_reference")
        return Case(**{name: self.cleaned_data[name] for name in fields})


class SettleForm(SeenForm):
    """What a meeting decided on a nomination."""

    on = forms.DateField(label=_("Decided on"), widget=DAY)
    basis = forms.CharField(
        label=_("Where it was decided"),
        max_length=300,
        help_text=_("The meeting and the place in its report, or the agreement: 14MSP, final report, paragraph 40."),
    )


class DesignateForm(forms.Form):
    """Which State presides over a meeting to come; ``version`` 0 where nobody is chosen yet."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ModelChoiceField(
        label=_("State"), queryset=State.objects.none(), to_field_name="slug", empty_label=_("Choose")
    )
    on = forms.DateField(label=_("Decided on"), widget=DAY)
    source = forms.CharField(
        label=_("Where it was decided"),
        max_length=300,
        help_text=_("The meeting and the place in its report, or the agreement: 14MSP, final report, paragraph 40."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].queryset = State.objects.exclude(  # type: ignore[attr-defined]
            entry_into_force=None
        ).by_name()


class GiveTermForm(PeriodMixin):
    """A State and its time in a body."""

    state = forms.ModelChoiceField(
        label=_("State"), queryset=State.objects.none(), to_field_name="slug", empty_label=_("Choose")
    )
    starts = forms.DateField(label=_("First day of the term"), widget=DAY)
    last_day = forms.DateField(
        label=_("Last day of the term"), widget=DAY, required=False, help_text=_("Empty if no end is set.")
    )
    basis = forms.CharField(
        label=_("Where it was decided"),
        max_length=300,
        help_text=_("The meeting and the place in its report, or the agreement: 14MSP, final report, paragraph 40."),
    )
    source = forms.CharField(required=False, max_length=300, label=_("Source"))
    note = forms.CharField(required=False, max_length=300, label=_("Remark, for everybody"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].queryset = State.objects.exclude(  # type: ignore[attr-defined]
            entry_into_force=None
        ).by_name()


class ChangeTermForm(PeriodMixin, SeenForm):
    """A term put right."""

    starts = forms.DateField(label=_("First day of the term"), widget=DAY)
    last_day = forms.DateField(
        label=_("Last day of the term"), widget=DAY, required=False, help_text=_("Empty if no end is set.")
    )
    basis = forms.CharField(label=_("Where it was decided"), max_length=300, required=False)
    source = forms.CharField(required=False, max_length=300, label=_("Source"))
    note = forms.CharField(required=False, max_length=300, label=_("Remark, for everybody"))


class EndTermForm(SeenForm):
    """The day from which a State no longer leads."""

    on = forms.DateField(label=_("First day without the term"), widget=DAY)


class TermPersonForm(forms.Form):
    """Somebody under a term."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Public, as a contact of the body."))
    function = forms.CharField(required=False, label=_("Function"), max_length=160)
    email = forms.EmailField(
        required=False,
        label=_("E-mail address of their account"),
        help_text=_("With an account the person works in the workspace of the body. The address is not shown."),
    )
    gender = forms.ChoiceField(
        required=False,
        label=_("Gender of the person"),
        choices=Gender.choices,
        help_text=_("As the person says. Only counted, never shown beside a name."),
    )
    starts = forms.DateField(
        required=False,
        label=_("From"),
        widget=DAY,
        help_text=_("Empty: from today, or from the first day of the term."),
    )
