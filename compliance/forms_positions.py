"""Clean input about positions on interpretation. Forms never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.forms import DAY, line, prose
from ccm_portal.core.models import State
from ccm_portal.core.seen import SeenForm
from compliance.domain.positions import LONGEST, LONGEST_LINE, Words
from compliance.enums import PositionSource
from compliance.models import Topic
from meetings.domain import floor_words
from meetings.models import Meeting
from meetings.rules import public_meetings

ELSEWHERE = (PositionSource.STATEMENT, PositionSource.LAW, PositionSource.LETTER, PositionSource.OTHER)


class WordsForm(forms.Form):
    """What a State says on a topic."""

    topic = forms.ModelChoiceField(
        label=pgettext_lazy("position", "Topic"), queryset=Topic.objects.none(), to_field_name="key"
    )
    text = forms.CharField(
        label=_("In the State's own words"),
        max_length=LONGEST,
        widget=prose(8),
        help_text=_("Word for word. Where something is left out, write […]."),
    )
    language = forms.ChoiceField(label=_("Language"))
    translation = forms.CharField(
        label=_("Unofficial translation into English"), required=False, max_length=LONGEST, widget=prose(5)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "topic" in self.fields:
            self.fields["topic"].queryset = Topic.objects.order_by("position")  # type: ignore[attr-defined]
        self.fields["language"].choices = floor_words.languages()  # type: ignore[attr-defined]

    def words(self, **beside: Any) -> Words:
        """What was typed, with what this form does not ask."""
        names = ("topic", "text", "said_on", "language", "translation")
        typed = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return Words(**(typed | beside))


class StateForm(WordsForm):
    """A State speaks for itself, today."""

    reference = forms.CharField(
        label=_("Where it is also written"),
        required=False,
        max_length=LONGEST_LINE,
        widget=line(),
        help_text=_("For example a symbol, a law or an address. Leave empty if there is none."),
    )


class ReplaceForm(SeenForm, StateForm):
    """The same in the place of an earlier one, on its topic."""

    topic = None


class QuotedForm(WordsForm):
    """From a report or a statement that is here."""

    said_on = forms.DateField(label=_("Said on"), widget=DAY)
    reference = forms.CharField(
        label=_("Place in the source"),
        required=False,
        max_length=LONGEST_LINE,
        widget=line(),
        help_text=_("For example a section or a paragraph."),
    )
    field_order = ["topic", "said_on", "text", "language", "translation", "reference"]


class ElsewhereForm(WordsForm):
    """From a source that is not in the portal."""

    state = forms.ModelChoiceField(label=_("State"), queryset=State.objects.none(), to_field_name="slug")
    said_on = forms.DateField(label=_("Said on"), widget=DAY)
    source = forms.ChoiceField(
        label=_("Source"), choices=[(one.value, one.label) for one in ELSEWHERE], widget=forms.RadioSelect
    )
    where = forms.CharField(label=_("Where"), required=False, max_length=LONGEST_LINE, widget=line())
    meeting = forms.ModelChoiceField(
        label=_("Meeting"), required=False, queryset=Meeting.objects.none(), to_field_name="key", empty_label=_("None")
    )
    reference = forms.CharField(
        label=_("The source"),
        max_length=LONGEST_LINE,
        widget=line(),
        help_text=_("A symbol with its paragraph, or the address where everybody can read it."),
    )
    field_order = [
        "state", "topic", "said_on", "text", "language", "translation", "source", "where", "meeting", "reference",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].queryset = State.objects.by_name()  # type: ignore[attr-defined]
        meetings = self.fields["meeting"]
        meetings.queryset = public_meetings().order_by("-starts")  # type: ignore[attr-defined]
        meetings.label_from_instance = lambda meeting: meeting.short_name  # type: ignore[attr-defined]


class CorrectForm(SeenForm, QuotedForm):
    """What the office noted, put right."""

    where = forms.CharField(label=_("Where"), required=False, max_length=LONGEST_LINE, widget=line())
    field_order = ["version", "topic", "said_on", "text", "language", "translation", "where", "reference"]


class TranslationForm(SeenForm):
    """The unofficial translation of what a State said here itself."""

    translation = forms.CharField(
        label=_("Unofficial translation into English"), required=False, max_length=LONGEST, widget=prose(6)
    )


class ReasonForm(SeenForm):
    """Why something is not taken in, or is taken out again."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=prose(3))


class WithdrawForm(SeenForm):
    """Why a State withdraws what it said, if it wants to say so."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=prose(3),
        help_text=_("Read by your delegation and the ISO alone."),
    )


class SourcesForm(forms.Form):
    """Whose reports and statements to look through."""

    state = forms.ModelChoiceField(
        label=_("State"), queryset=State.objects.none(), to_field_name="slug", required=False, empty_label=_("All")
    )
    meeting = forms.ModelChoiceField(
        label=_("Meeting"), queryset=Meeting.objects.none(), to_field_name="key", required=False, empty_label=_("All")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].queryset = State.objects.by_name()  # type: ignore[attr-defined]
        meetings = self.fields["meeting"]
        meetings.queryset = public_meetings().order_by("-starts")  # type: ignore[attr-defined]
        meetings.label_from_instance = lambda meeting: meeting.short_name  # type: ignore[attr-defined]
