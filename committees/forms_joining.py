"""What the pages of the universalisation log send, cleaned. Nothing is stored here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.forms import DAY, line, prose
from ccm_portal.core.models import State
from ccm_portal.core.seen import SeenForm
from committees.domain.joining import FIRST_VOTE
from committees.enums import AssemblyVote, JoiningStep
from committees.models import Body, Contact


class EntryForm(forms.Form):
    """What was learnt of a State's way to joining."""

    learnt_on = forms.DateField(label=_("Learnt on"), widget=DAY)
    step = forms.ChoiceField(label=_("How far it is"), choices=JoiningStep.choices)
    position = forms.CharField(label=_("Its position"), required=False, widget=prose(4))
    obstacles = forms.CharField(label=_("Obstacles"), required=False, widget=prose(3))
    contact = forms.ModelChoiceField(
        label=_("The contact from which it is known"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    source = forms.CharField(label=_("Public source"), required=False, max_length=300, widget=line())
    is_public = forms.BooleanField(
        label=_("Everybody may read the step, position, obstacles and source"),
        required=False,
        help_text=_("Only what rests on a public source. The next step and the contact stay here."),
    )

    def __init__(self, *args: Any, body: Body, state: State, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Contact.objects.filter(body=body, with_states=state).order_by("-held_on", "-pk")
        self.fields["contact"].queryset = mine  # type: ignore[attr-defined]


class VoteForm(forms.Form):
    """How a State voted on the resolution of a year."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_VOTE, max_value=2200)
    vote = forms.ChoiceField(label=pgettext_lazy("of a State", "Vote"), choices=AssemblyVote.choices)
    vote_source = forms.CharField(label=_("Source"), max_length=300, widget=line())


class ReceiptForm(forms.Form):
    """An instrument of withdrawal has been received."""

    state = forms.ModelChoiceField(
        label=_("State"), queryset=State.objects.none(), to_field_name="slug", empty_label=_("Choose")
    )
    received_on = forms.DateField(label=_("Received by the Depositary on"), widget=DAY)
    source = forms.CharField(label=_("Source"), max_length=300, widget=line())
    note = forms.CharField(label=_("Note for readers"), required=False, widget=prose(3))

    def __init__(self, *args: Any, states: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].queryset = states  # type: ignore[attr-defined]


class HoldForm(SeenForm):
    """An armed conflict holds a withdrawal."""

    effective_on = forms.DateField(label=_("Takes effect on"), widget=DAY)
    note = forms.CharField(label=_("Which conflict, and the source"), widget=prose(3))


class SettleForm(SeenForm):
    """It was taken back, or took effect."""

    note = forms.CharField(label=_("Note for readers"), required=False, widget=prose(3))
