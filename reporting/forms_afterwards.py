"""What the pages beside a filed report send, cleaned. Nothing is stored here."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.forms import DAY
from ccm_portal.core.models import State
from reporting.domain import papers, questions
from reporting.domain.drafts import FIRST_YEAR
from reporting.enums import Channel, ReportKind
from reporting.forms import SeenField, prose

WHOLE = "report"  # a list without an empty choice reads better


class ThankForm(forms.Form):
    """Thanks, for the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Text"), max_length=questions.LONGEST, widget=prose(9))


class AskForm(forms.Form):
    """A question about a place of the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    place = forms.ChoiceField(label=_("About"))
    text = forms.CharField(
        label=_("Question"),
        max_length=questions.LONGEST,
        widget=prose(5),
        help_text=_("Only the State and the ISO read it, unless the State agrees that everybody may."),
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(place or WHOLE, name) for place, name in places]  # type: ignore[attr-defined]

    def clean_place(self) -> str:
        place = self.cleaned_data["place"]
        return "" if place == WHOLE else place


class RevisionForm(forms.Form):
    """A button, with the revision that its page showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(RevisionForm):
    """The State's answer, and whether everybody may read it."""

    text = forms.CharField(label=_("Answer"), max_length=questions.LONGEST, widget=prose(7))
    shown = forms.BooleanField(
        required=False,
        label=_("Everybody may read the question and this answer"),
        help_text=_("They then stand beside the report, marked as not part of it. You can take that back at any time."),
    )

    def __init__(self, *args: Any, may_show: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_show:
            del self.fields["shown"]


class ContestForm(RevisionForm):
    """What is wrong with the entry of a paper."""

    text = forms.CharField(
        label=_("What is wrong"),
        max_length=papers.LONGEST,
        widget=prose(5),
        help_text=_("Only the ISO reads it. Readers learn that the entry is not right."),
    )


class BeginPaperForm(forms.Form):
    """A report that came on paper or by mail."""

    state = forms.ModelChoiceField(
        label=_("State"), queryset=State.objects.none(), to_field_name="slug", empty_label=_("Choose")
    )
    kind = forms.ChoiceField(label=_("Kind of report"), choices=ReportKind.choices, initial=ReportKind.ANNUAL)
    year = forms.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        max_value=2200,
        label=_("Year that the report covers"),
        help_text=_("Leave it empty for an initial report."),
    )
    language = forms.ChoiceField(label=_("Language of the report"), choices=settings.LANGUAGES)
    channel = forms.ChoiceField(
        label=_("How it came"), choices=Channel.choices, initial=Channel.PAPER, widget=forms.RadioSelect
    )
    received_on = forms.DateField(
        required=False,
        widget=DAY,
        label=_("Day on which it was received"),
        help_text=_("Leave it empty if nobody knows. Nothing is then said of late or on time."),
    )
    source = forms.FileField(
        required=False,
        label=_("The source: the paper as a file"),
        help_text=_("PDF, PNG or JPEG, at most 25 MB. Only the State and the ISO can open it."),
    )
    remarks = forms.CharField(
        required=False,
        max_length=2000,
        widget=prose(3),
        label=_("Remarks"),
        help_text=_(
            "Where it was found, under which address; or why there is no file. Only the State and the ISO read them."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].queryset = State.objects.by_name()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == ReportKind.INITIAL:
            cleaned["year"] = None
        elif "year" in cleaned and cleaned["year"] is None and "kind" in cleaned:
            self.add_error("year", _("Say which year the report covers."))
        return cleaned


class DropPaperForm(forms.Form):
    """What was seen of an entry by whoever gives it up."""

    seen = SeenField(outdated=_("This page is out of date. Load it again, then give the entry up."))


class EnterPaperForm(forms.Form):
    """The office's word that the entry says what the paper says."""

    filing_key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    seen = SeenField(outdated=_("This page is out of date. Load it again, then enter."))
    note = forms.CharField(
        required=False,
        max_length=500,
        widget=prose(2),
        label=_("Where it comes from, for readers"),
        help_text=_("Public, and it stays: for example the number of a note or the address of a page."),
    )
    compared = forms.BooleanField(
        label=_("I have compared the entry with the source. It says what the paper says, no more and no less."),
        error_messages={"required": _("Tick the box to confirm, then enter.")},
    )
