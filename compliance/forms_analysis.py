"""What the pages after lodging send, cleaned. Nothing is stored here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.forms import DAY, prose
from ccm_portal.core.models import Organisation, State
from ccm_portal.core.seen import SeenForm
from compliance.domain import analyses, benchmarks, groups, request_comments, request_form, request_questions
from compliance.enums import GroupPart
from compliance.models import ExtensionRequest
from meetings.domain import decisions, papers


class AddMemberForm(forms.Form):
    """One more State or organisation for the group."""

    state = forms.ModelChoiceField(
        label=_("State"), queryset=State.objects.none(), to_field_name="slug", empty_label=_("None"), required=False
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        to_field_name="key",
        empty_label=_("None"),
        required=False,
    )
    part = forms.ChoiceField(label=_("What it does"), choices=GroupPart.choices, initial=GroupPart.MEMBER)

    def __init__(self, *args: Any, request: ExtensionRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = request.group.all()
        states = State.objects.exclude(pk__in=[one.state_id for one in held if one.state_id])
        states = states.exclude(pk=request.state_id).exclude(entry_into_force=None)
        self.fields["state"].queryset = states.by_name()  # type: ignore[attr-defined]
        bodies = Organisation.objects.exclude(pk__in=[one.organisation_id for one in held if one.organisation_id])
        self.fields["organisation"].queryset = bodies.exclude(kind="office").by_name()  # type: ignore[attr-defined]


class DeclareForm(SeenForm):
    """What binds a member to the State that asks."""

    conflict = forms.CharField(
        label=_("What binds it to the State that asks"),
        required=False,
        max_length=groups.LONGEST,
        widget=prose(2),
        help_text=_("Everybody can read it."),
    )
    stands_aside = forms.BooleanField(label=_("It stands aside"), required=False)


class AskForm(forms.Form):
    """A question to the State."""

    section = forms.ChoiceField(label=_("About"), required=False)
    text = forms.CharField(
        label=_("Question"),
        max_length=request_questions.LONGEST,
        widget=prose(5),
        help_text=_("The State reads it at once, everybody once it has answered."),
    )

    def __init__(self, *args: Any, request: ExtensionRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = [(one.key, f"{one.letter} · {one.title}") for one in request_form.sections_of(request)]
        self.fields["section"].choices = [("", _("The whole request")), *sections]  # type: ignore[attr-defined]


class AnswerForm(SeenForm):
    """The State's answer."""

    text = forms.CharField(
        label=_("Answer"),
        max_length=request_questions.LONGEST,
        widget=prose(8),
        help_text=_("Everybody can read the question and your answer once you send it."),
    )


class CommentForm(forms.Form):
    """What another State Party or an organisation says of a request."""

    speaker = forms.ChoiceField(label=_("In the name of"))
    text = forms.CharField(
        label=_("Comment"),
        max_length=request_comments.LONGEST,
        widget=prose(8),
        help_text=_("Everybody can read it at once, under the name of the State or organisation. You can withdraw it."),
    )

    def __init__(self, *args: Any, speakers: list[State | Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speakers = {f"{type(one).__name__.lower()}-{one.pk}": one for one in speakers}
        self.fields["speaker"].choices = [(key, one.name) for key, one in self.speakers.items()]  # type: ignore[attr-defined]
        if len(speakers) == 1:
            self.initial.setdefault("speaker", next(iter(self.speakers)))

    def clean_speaker(self) -> State | Organisation:
        return self.speakers[self.cleaned_data["speaker"]]


class AnalysisForm(SeenForm):
    """The analysis with its draft decision."""

    text = forms.CharField(
        label=pgettext_lazy("of a request", "Analysis"), required=False, max_length=analyses.LONGEST, widget=prose(18)
    )
    recommended_until = forms.DateField(label=_("Recommended until"), required=False, widget=DAY)
    draft_decision = forms.CharField(
        label=_("Draft decision"),
        required=False,
        max_length=analyses.LONGEST,
        widget=prose(6),
        help_text=_("Word for word, as it would be adopted."),
    )


class BenchmarkForm(forms.Form):
    """Something to be reached by a day; an empty row is none."""

    text = forms.CharField(
        label=_("What is to be reached"), max_length=benchmarks.LONGEST, widget=prose(2), required=False
    )
    due = forms.DateField(label=_("By which day"), widget=DAY, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text, due = cleaned.get("text"), cleaned.get("due")
        if text and not due and "due" not in self.errors:
            self.add_error("due", _("Say by which day."))
        if due and not text:
            self.add_error("text", _("Write what is to be reached."))
        return cleaned


class _Benchmarks(forms.BaseFormSet):  # type: ignore[type-arg]
    """The rows of a list of benchmarks."""

    def rows(self) -> list[benchmarks.Row]:
        told = [form.cleaned_data for form in self.forms if form.cleaned_data.get("text")]
        return [benchmarks.Row(one["text"], one["due"]) for one in told]


BenchmarkRows = forms.formset_factory(BenchmarkForm, formset=_Benchmarks, extra=2, max_num=benchmarks.MOST)


def benchmark_rows(data: Any, rows: list[benchmarks.Row]) -> Any:
    """The rows of a form: those that stand, and two empty ones."""
    return BenchmarkRows(data, initial=[{"text": one.text, "due": one.due} for one in rows], prefix="benchmark")


class ItemForm(SeenForm):
    """On which item of the agenda the meeting takes the request up."""

    code = forms.TypedChoiceField(label=_("Agenda item"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, request: ExtensionRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = papers.item_choices(request.meeting, for_desk=True) if request.meeting else []
        self.fields["code"].choices = [("", _("None")), *items]  # type: ignore[attr-defined]


class OutcomeForm(SeenForm):
    """The decision of the meeting, as it is drafted from the request."""

    title = forms.CharField(label=_("Title"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))
    text = forms.CharField(
        label=_("Text"),
        max_length=decisions.LONGEST,
        widget=prose(8),
        help_text=_("Word for word, as it would be adopted."),
    )
    granted_until = forms.DateField(label=_("Granted until"), required=False, widget=DAY)
    conditions = forms.CharField(
        label=_("Conditions and benchmarks"), required=False, max_length=decisions.LONGEST, widget=prose(4)
    )


class MetForm(SeenForm):
    """A benchmark was reached, or what stands in its way."""

    met_on = forms.DateField(
        label=_("Reached on"), required=False, widget=DAY, help_text=_("Leave it empty while it is not reached.")
    )
    note = forms.CharField(label=_("Note for readers"), required=False, max_length=benchmarks.LONGEST, widget=prose(3))
