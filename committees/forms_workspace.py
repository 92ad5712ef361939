"""What the pages of a workspace send, cleaned. Nothing is stored here."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.forms import DAY, line, prose
from ccm_portal.core.models import Organisation, State
from ccm_portal.core.seen import SeenForm
from ccm_portal.core.tick_lists import TickList, region_of
from committees.domain import owners
from committees.domain.owners import Owner
from committees.enums import ContactChannel, ContactKind, ContactLevel, PlaceInWorkspace
from committees.models import Body, Contact


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


class OwnedForm(forms.Form):
    """What is to be done, whose it is and by when."""

    what = forms.CharField(label=_("What is to be done"), max_length=300, widget=line())
    owner = forms.ChoiceField(label=_("Whose it is"), required=False)
    owner_name = forms.CharField(
        label=_("Or somebody else, in words"),
        required=False,
        max_length=160,
        widget=line(),
        help_text=_("Somebody without an account is not reminded by mail."),
    )
    due = forms.DateField(label=_("By when"), required=False, widget=DAY)
    needs_an_owner = True

    def __init__(self, *args: Any, body: Body, on: date, now: Owner | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = owners.choices(body, on=on, now=now)
        named = [(key, words) for key, (words, _owner) in self.owners.items()]
        self.fields["owner"].choices = [("", _("Somebody else")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = self.owners.get(cleaned.get("owner") or "")
        cleaned["owner"] = chosen[1] if chosen else Owner(name=cleaned.get("owner_name") or "")
        if self.needs_an_owner and cleaned["owner"] == Owner():
            self.add_error("owner", _("Say whose it is."))
        return cleaned


class FollowUpForm(OwnedForm):
    """A new follow-up."""


class EditFollowUpForm(OwnedForm, SeenForm):
    """A follow-up that others may have changed."""


class OutcomeForm(SeenForm):
    """It is done, and what came of it."""

    outcome = forms.CharField(label=_("What came of it"), required=False, widget=prose(3))


class ContactForm(forms.Form):
    """A contact: with whom, when, on which way, about what."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ContactKind.choices, widget=forms.RadioSelect)
    with_states = forms.ModelMultipleChoiceField(
        label=_("With these States"),
        queryset=State.objects.none(),
        to_field_name="slug",
        required=False,
        widget=TickList(group=region_of),
    )
    with_organisations = forms.ModelMultipleChoiceField(
        label=_("With these organisations"),
        queryset=Organisation.objects.none(),
        to_field_name="key",
        required=False,
        widget=TickList(),
    )
    with_others = forms.CharField(label=_("With others, in words"), required=False, max_length=200, widget=line())
    held_on = forms.DateField(label=_("When"), widget=DAY)
    channel = forms.ChoiceField(label=pgettext_lazy("a contact was held", "How"), choices=ContactChannel.choices)
    level = forms.ChoiceField(label=_("Level of the other side"), choices=ContactLevel.choices)
    about = forms.CharField(label=_("About what"), max_length=300, widget=line())
    text = forms.CharField(label=_("What was said"), required=False, widget=prose(6))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["with_states"].queryset = State.objects.select_related("region_group").by_name()  # type: ignore[attr-defined]
        self.fields["with_organisations"].queryset = Organisation.objects.by_name()  # type: ignore[attr-defined]


class EditContactForm(ContactForm, SeenForm):
    """A contact that others may have changed."""


class NextStepForm(OwnedForm):
    """The next step after a contact, if there is one."""

    needs_an_owner = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="next", **kwargs)
        self.fields["what"].required = False
        self.fields["what"].label = _("Next step")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("what") and cleaned["owner"] == Owner():
            self.add_error("owner", _("Say whose it is."))
        if not cleaned.get("what") and cleaned.get("due"):
            self.add_error("what", _("Say what is to be done by that day."))
        return cleaned


class ProblemForm(forms.Form):
    """A problem, and the ways forward that the body suggests."""

    title = forms.CharField(label=_("The problem, in a few words"), max_length=200, widget=line())
    text = forms.CharField(label=_("What it is"), required=False, widget=prose(5))
    ways_forward = forms.CharField(label=_("Ways forward"), required=False, widget=prose(5))
    contact = forms.ModelChoiceField(
        label=_("The contact from which it is known"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("none"),
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Contact.objects.filter(body=body).order_by("-held_on", "-pk")
        self.fields["contact"].queryset = mine  # type: ignore[attr-defined]


class EditProblemForm(ProblemForm, SeenForm):
    """A problem that others may have changed."""
