"""What the pages of a work plan send, cleaned. Nothing is stored here."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.forms import DAY, line, prose
from ccm_portal.core.seen import SeenForm
from committees.domain.owners import terms
from committees.models import Body, Term


class PlanForm(forms.Form):
    """A work plan: what it is called, what it says before its steps, and the time it covers."""

    title = forms.CharField(label=_("Name of the plan"), max_length=200, widget=line())
    starts = forms.DateField(label=_("First day"), widget=DAY)
    last = forms.DateField(label=_("Last day"), widget=DAY)
    text = forms.CharField(
        label=_("What the body sets out to do"),
        required=False,
        widget=prose(6),
        help_text=_("Everybody reads it once the plan is published."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("last"):
            cleaned["ends"] = cleaned["last"] + timedelta(days=1)
        return cleaned


class EditPlanForm(PlanForm, SeenForm):
    """A plan that others may have changed."""


class MilestoneForm(forms.Form):
    """One step of a plan."""

    text = forms.CharField(label=_("What is to be reached"), max_length=300, widget=line())
    actions = forms.CharField(
        label=_("Actions of the action plan"),
        required=False,
        max_length=200,
        help_text=_("Their numbers, with commas between them: 10, 11"),
    )
    term = forms.ModelChoiceField(
        label=_("Whose it is"), queryset=Term.objects.none(), required=False, empty_label=_("all leaders together")
    )
    due = forms.DateField(label=_("By when"), required=False, widget=DAY)

    def __init__(self, *args: Any, body: Body, on: date, now: Term | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["term"]
        chosen = [term.pk for term in terms(body, on=on)] + ([now.pk] if now else [])
        field.queryset = Term.objects.filter(body=body, pk__in=chosen).select_related("state").order_by("starts", "pk")
        field.label_from_instance = lambda term: term.state.name


class EditMilestoneForm(MilestoneForm, SeenForm):
    """A step that others may have changed."""


class FinishMilestoneForm(SeenForm):
    """A step is done, when, and what came of it."""

    done_on = forms.DateField(label=_("Done on"), widget=DAY)
    outcome = forms.CharField(
        label=_("What came of it"),
        required=False,
        widget=prose(3),
        help_text=_("Everybody reads it once the plan is published."),
    )
