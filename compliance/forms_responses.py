"""What the pages of suggested responses send, cleaned. Nothing is stored here."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.forms import DAY, line, prose
from ccm_portal.core.models import Organisation, State
from ccm_portal.core.seen import SeenForm
from ccm_portal.core.tick_lists import TickList, region_of
from compliance.domain.case_responses import FollowedUp, Suggested
from compliance.models import ComplianceCase


class ResponseForm(forms.Form):
    """A response: what the States it is addressed to would read, and which States those are."""

    title = forms.CharField(label=_("The response, in a few words"), max_length=200, widget=line())
    text = forms.CharField(
        label=_("The text for those States"),
        widget=prose(8),
        help_text=_("Once it is released, they read this text alone, and nothing else of the matter."),
    )
    states = forms.ModelMultipleChoiceField(
        label=_("Addressed to"), queryset=State.objects.none(), to_field_name="slug", widget=TickList(group=region_of)
    )
    proposed_for = forms.ModelChoiceField(
        label=_("Proposed by an organisation"),
        queryset=Organisation.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("none"),
    )

    def __init__(self, *args: Any, case: ComplianceCase, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = State.objects.parties_on(on).exclude(pk=case.state_id).select_related("region_group")
        self.fields["states"].queryset = parties.by_name()  # type: ignore[attr-defined]
        self.fields["proposed_for"].queryset = Organisation.objects.by_name()  # type: ignore[attr-defined]

    def suggested(self) -> Suggested:
        cleaned = self.cleaned_data
        return Suggested(
            title=cleaned["title"],
            text=cleaned["text"],
            states=tuple(cleaned["states"]),
            proposed_for=cleaned["proposed_for"],
        )


class EditResponseForm(ResponseForm, SeenForm):
    """A response that others may have changed."""


class DecideForm(SeenForm):
    """Agree to it or not."""

    reason = forms.CharField(
        label=_("The reasons"), required=False, widget=prose(3), help_text=_("Needed where you do not agree.")
    )


class FollowUpForm(SeenForm):
    """What comes after a response."""

    follow_up = forms.CharField(label=_("What is to be done"), required=False, max_length=300, widget=line())
    owner_name = forms.CharField(label=_("Whose it is"), required=False, max_length=160, widget=line())
    due = forms.DateField(label=_("By when"), required=False, widget=DAY)

    def given(self) -> FollowedUp:
        names = ("follow_up", "owner_name", "due")
        return FollowedUp(**{name: self.cleaned_data[name] for name in names})


class DoneForm(SeenForm):
    """It is done, and what came of it."""

    note = forms.CharField(label=_("What came of it"), widget=prose(3))


class AnswerForm(SeenForm):
    """What a State makes of a response that was released to it."""

    text = forms.CharField(label=_("Your answer"), widget=prose(7))
