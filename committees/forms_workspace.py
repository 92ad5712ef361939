"""What the pages of a workspace send, cleaned. Nothing is stored here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.enums import PlaceInWorkspace


class NamePersonForm(forms.Form):
    """Whom to name to a workspace, and what they may do there."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("The address of an account. Whoever has none is invited by the ISO first."),
    )
    acts_for = forms.CharField(
        label=_("Comes from"),
        max_length=160,
        help_text=_("The State, organisation or ministry, in words. Everybody who works here reads it."),
    )
    place = forms.ChoiceField(
        label=_("What they may do"), choices=PlaceInWorkspace.choices, widget=forms.RadioSelect, initial="partner"
    )
