"""What the pages of applications send, cleaned. Nothing is stored here."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.forms import DAY, line, prose
from ccm_portal.core.models import State
from ccm_portal.core.seen import SeenForm
from committees.enums import Gender
from sponsorship.domain.applications import LONGEST_PURPOSE, Details
from sponsorship.domain.nominees import LONGEST_EXPERTISE, About


class DetailsForm(SeenForm):
    """The note verbale, and what the State wants to bring to the meeting."""

    note_reference = forms.CharField(
        label=_("Reference of the note verbale"), max_length=120, required=False, widget=line()
    )
    note_date = forms.DateField(label=_("Date of the note verbale"), required=False, widget=DAY)
    purpose = forms.CharField(
        label=_("Purpose"),
        required=False,
        max_length=LONGEST_PURPOSE,
        widget=prose(8),
        help_text=_("What your State wants to bring to the meeting, and what it cannot pay."),
    )

    def details(self) -> Details:
        cleaned = self.cleaned_data
        return Details(**{name: cleaned[name] for name in ("note_reference", "note_date", "purpose")})


def _gender() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Gender"), choices=Gender.choices, required=False, help_text=_("Only counted."))


class OwnWordsForm(SeenForm):
    """What a person says of themselves, or their State of them."""

    gender = _gender()
    function = forms.CharField(label=_("Function"), max_length=160, required=False, widget=line())
    expertise = forms.CharField(label=_("Expertise"), required=False, max_length=LONGEST_EXPERTISE, widget=prose(4))
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )


class PersonForm(OwnWordsForm):
    """A person whom the State nominates."""

    title = forms.CharField(
        label=pgettext_lazy("form of address", "Title"), max_length=40, required=False, widget=line()
    )
    name = forms.CharField(label=_("Name"), max_length=120, widget=line())
    email = forms.EmailField(label=_("E-mail address"), required=False, max_length=254)
    based_in_geneva = forms.BooleanField(
        label=_("Works in Geneva"), required=False, help_text=_("Somebody who works there needs no journey.")
    )
    field_order = [
        "title",
        "name",
        "function",
        "email",
        "gender",
        "languages",
        "expertise",
        "based_in_geneva",
        "version",
    ]

    def about(self) -> About:
        cleaned = self.cleaned_data
        texts = ("title", "name", "email", "gender", "function", "expertise", "based_in_geneva")
        return About(languages=tuple(cleaned["languages"]), **{name: cleaned[name] for name in texts})


class CorrectForm(SeenForm):
    """What is corrected of a person who was sent."""

    function = forms.CharField(label=_("Function"), max_length=160, widget=line())
    gender = _gender()


class EndorseForm(forms.Form):
    """The application as it was read on this page."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class EnterForm(EndorseForm):
    """An application that came on paper: the day on which it came."""

    received_on = forms.DateField(label=_("Received on"), widget=DAY)


class ReasonForm(SeenForm):
    """Something is taken back or withdrawn."""

    reason = forms.CharField(label=_("Why"), max_length=1000, widget=prose(3))


class LinkForm(forms.Form):
    """In which language the link is mailed."""

    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)


class ForStateForm(forms.Form):
    """For which State an application came on paper."""

    state = forms.ModelChoiceField(label=_("State"), queryset=State.objects.none(), to_field_name="slug")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].queryset = State.objects.by_name()  # type: ignore[attr-defined]
