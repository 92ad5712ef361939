"""What the office's pages about policies and facts send, and observers about their programmes, cleaned."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.forms import DAY, line, prose
from ccm_portal.core.models import State
from ccm_portal.core.seen import SeenForm
from sponsorship.domain.policies import MOST_POINTS, SPANS, Rule, Written
from sponsorship.domain.programmes import MOST
from sponsorship.enums import FactKind, RuleEffect, RuleKey
from sponsorship.models import Policy, StateFact

SURENESS = [("high", _("Sure")), ("medium", _("Half sure")), ("low", _("To be confirmed"))]


class PolicyForm(SeenForm):
    """One version of the rules: words, and for every rule what it does."""

    title = forms.CharField(label=_("Title"), max_length=200, widget=line())
    text = forms.CharField(
        label=_("What is paid, what is expected"), required=False, widget=prose(8), help_text=_("Everybody reads it.")
    )
    adopted_on = forms.DateField(
        label=_("Adopted on"),
        widget=DAY,
        required=False,
        help_text=_("From then on everybody can read it. Only adopted rules open a call."),
    )
    source = forms.CharField(label=_("Source"), max_length=300, required=False, widget=line())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in RuleKey:
            self.fields[f"effect_{key}"] = forms.ChoiceField(
                label=key.label, choices=[("", _("Not looked at")), *RuleEffect.choices], required=False
            )
            self.fields[f"points_{key}"] = forms.IntegerField(
                label=_("Points"), min_value=0, max_value=MOST_POINTS, required=False
            )
            if key in SPANS:
                label = _("Months ahead") if key == RuleKey.DEADLINE_NEAR else _("Years")
                self.fields[f"span_{key}"] = forms.IntegerField(
                    label=label, min_value=1, max_value=SPANS[key], required=False
                )

    def words(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "text", "adopted_on", "source")]

    def rows(self) -> Iterator[dict[str, Any]]:
        """The table of rules: one row each, with the boxes it has."""
        for key in RuleKey:
            yield {
                "title": key.label,
                "effect": self[f"effect_{key}"],
                "points": self[f"points_{key}"],
                "span": self[f"span_{key}"] if key in SPANS else None,
            }

    def written(self) -> Written:
        told = self.cleaned_data
        rules = tuple(
            Rule(
                key=str(key),
                effect=told[f"effect_{key}"],
                points=told[f"points_{key}"] or 0,
                span=told.get(f"span_{key}"),
            )
            for key in RuleKey
            if told[f"effect_{key}"]
        )
        return Written(
            title=told["title"], text=told["text"], adopted_on=told["adopted_on"], source=told["source"], rules=rules
        )


def written_now(policy: Policy) -> dict[str, Any]:
    """A version as its form shows it."""
    told: dict[str, Any] = {
        name: getattr(policy, name) for name in ("title", "text", "adopted_on", "source", "version")
    }
    for rule in policy.rules.all():
        told |= {f"effect_{rule.key}": rule.effect, f"points_{rule.key}": rule.points, f"span_{rule.key}": rule.span}
    return told


class FactForm(SeenForm):
    """A fact about a State, from when until when, with its source."""

    state = forms.ModelChoiceField(
        label=_("State"), queryset=State.objects.none(), to_field_name="slug", empty_label=None
    )
    kind = forms.ChoiceField(label=_("Fact"), choices=FactKind.choices)
    since = forms.DateField(label=_("Since"), widget=DAY, required=False)
    until = forms.DateField(
        label=_("Until"), widget=DAY, required=False, help_text=_("The first day on which it is no longer so.")
    )
    source = forms.CharField(label=_("Source"), max_length=300, widget=line())
    confidence = forms.ChoiceField(label=_("How sure this is"), choices=SURENESS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed:
            del self.fields["state"], self.fields["kind"]
        else:
            self.fields["state"].queryset = State.objects.by_name()  # type: ignore[attr-defined]


def fact_now(fact: StateFact) -> dict[str, Any]:
    """A fact as its form shows it."""
    told = {name: getattr(fact, name) for name in ("since", "until", "source", "version")}
    return told | {"confidence": fact.confidence or "high"}


class ProgrammeForm(SeenForm):
    """How many people an organisation brings by its own programme."""

    persons = forms.IntegerField(label=_("People"), min_value=0, max_value=MOST)
    women = forms.IntegerField(label=_("Women among them"), min_value=0, max_value=MOST, required=False)
    about = forms.CharField(
        label=_("About the programme"),
        required=False,
        widget=prose(4),
        help_text=_("No names: only numbers and words."),
    )
