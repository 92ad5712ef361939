"""What the pages of delegations send, cleaned. Nothing is stored here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.forms import DAY
from ccm_portal.core.models import Organisation, State
from ccm_portal.core.seen import SeenForm
from committees.enums import Gender
from meetings.domain.delegations import LONGEST_PURPOSE
from meetings.domain.participants import Person
from meetings.models import Meeting, Participant


class PersonForm(SeenForm):
    """A person of a delegation."""

    title = forms.CharField(
        label=pgettext_lazy("of a person", "Title"), max_length=40, required=False, help_text=_("For example H.E. Ms.")
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    function = forms.CharField(label=_("Function"), max_length=160, required=False)
    gender = forms.ChoiceField(
        label=_("Gender"), choices=Gender.choices, required=False, help_text=_("Counted, and shown to nobody.")
    )
    is_head = forms.BooleanField(
        label=_("Heads the delegation"), required=False, help_text=_("Whoever headed it until now no longer does.")
    )
    is_online = forms.BooleanField(label=_("Takes part online"), required=False)

    def person(self) -> Person:
        """The person, once the form is valid."""
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in self.fields if name != "version"}
        return Person(**given | {"gender": given["gender"] or Gender.NOT_SAID})

    @staticmethod
    def initial_of(participant: Participant) -> dict[str, Any]:
        fields = ("title", "name", "function", "gender", "is_head", "is_online")
        return {name: getattr(participant, name) for name in fields}


class NoteForm(SeenForm):
    """How the delegation was notified."""

    note_reference = forms.CharField(label=_("Reference of the note verbale"), max_length=120, required=False)
    note_date = forms.DateField(label=_("Date of the note verbale"), required=False, widget=DAY)
    un_reference = forms.CharField(
        label=_("Reference of the registration with the United Nations"), max_length=120, required=False
    )


class AskForm(forms.Form):
    """An organisation asks to be invited."""

    purpose = forms.CharField(
        label=_("Why your organisation asks to take part"),
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Say that it works without profit, and how its purposes fit those of the Convention (Rule 1.3)."),
    )


class DecisionNoteForm(SeenForm):
    """A note with an invitation, or with the look at credentials."""

    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class ApprovalForm(SeenForm):
    """The day on which the meeting approved."""

    on = forms.DateField(label=_("The meeting approved on"), widget=DAY)


class AddForm(forms.Form):
    """A delegation that the office enters."""

    state = forms.ModelChoiceField(
        label=_("State"), queryset=State.objects.none(), required=False, empty_label=_("none")
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), required=False, empty_label=_("none")
    )
    name = forms.CharField(
        label=_("Another organisation, team or place"),
        max_length=200,
        required=False,
        help_text=_("Everybody can read it, also beside statements. The names of persons stand in the delegation."),
    )
    is_expert = forms.BooleanField(label=_("Technical experts or field workers, invited in person"), required=False)
    purpose = forms.CharField(
        label=_("Why it asks, or is invited"),
        max_length=LONGEST_PURPOSE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = State.objects.exclude(delegations__meeting=meeting).by_name()
        organisations = Organisation.objects.exclude(observer="").exclude(delegations__meeting=meeting).by_name()
        self.fields["state"].queryset = states  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
