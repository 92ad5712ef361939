"""What the office's pages about rounds send, cleaned. Nothing is stored here."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.forms import DAY, line, prose
from ccm_portal.core.models import RegionGroup, State
from ccm_portal.core.seen import SeenForm
from meetings.domain.local_times import FIRST, TimeRefused, local, moment
from meetings.domain.words import span_text
from meetings.enums import MeetingStatus
from meetings.forms_meetings import CLOCK
from meetings.models import Meeting, NeighbourMeeting
from meetings.rules import public_meetings
from sponsorship.domain import visa_rules
from sponsorship.domain.costs import Figures
from sponsorship.domain.rounds import Plan
from sponsorship.enums import CURRENCIES
from sponsorship.models import CostAssumption, Policy, Round

LATEST = time(23, 59)


def closing_of(round: Round) -> dict[str, Any]:
    """The closing time as the clocks at the venue show it."""
    day, clock = local(round.closes_at, round.meeting.time_zone)
    return {"closes_on": day, "closes_by": clock.replace(second=0, microsecond=0)}


class ClosingFields(SeenForm):
    """A day and an hour, by the clock of the meeting's place."""

    closes_on = forms.DateField(label=_("The call closes on"), widget=DAY)
    closes_by = forms.TimeField(
        label=_("Closes at"), widget=CLOCK, help_text=_("By the clock of the place of the meeting."), initial=LATEST
    )

    def closes_at(self, zone: str) -> datetime | None:
        """The instant; ``None``, with the refusal beside the hour, where there is no such time."""
        try:
            return moment(self.cleaned_data["closes_on"], self.cleaned_data["closes_by"], zone, which=FIRST)
        except TimeRefused as refusal:
            self.add_error("closes_by", str(refusal))
            return None


class MeetingField(forms.ModelChoiceField):
    """Meetings, each with its days."""

    def label_from_instance(self, obj: Meeting) -> str:
        return f"{obj.name} · {span_text(obj.starts, obj.ends, obj.precision)}"


class NeighbourField(forms.ModelChoiceField):
    """Meetings of related instruments, each with its days."""

    def label_from_instance(self, obj: NeighbourMeeting) -> str:
        return f"{obj.title} · {span_text(obj.starts, obj.ends, obj.precision)}"


class PolicyField(forms.ModelChoiceField):
    """Versions of the rules."""

    def label_from_instance(self, obj: Policy) -> str:
        adopted = "" if obj.adopted_on else f" · {_('not adopted')}"
        return f"{obj.number} · {obj.title}{adopted}"


class RoundForm(ClosingFields):
    """All that is planned of a round. Once its call was opened, what stands is not asked again."""

    key = forms.SlugField(
        label=_("Address"), max_length=60, help_text=_("Small letters and figures, as in 14msp. It stays for ever.")
    )
    meeting = MeetingField(label=_("Meeting"), queryset=Meeting.objects.none(), to_field_name="key", empty_label=None)
    shared_with = NeighbourField(
        label=_("Journeys shared with"),
        queryset=NeighbourMeeting.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("A meeting of a related instrument near it: one journey for both."),
    )
    policy = PolicyField(label=_("Rules"), queryset=Policy.objects.none(), empty_label=None)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    places = forms.IntegerField(
        label=_("Places"), min_value=1, max_value=500, help_text=_("As many as are hoped for; offers need money.")
    )
    opens_on = forms.DateField(label=_("The call opens on"), widget=DAY)
    call = forms.CharField(
        label=_("What is said to States"), required=False, widget=prose(6), help_text=_("Everybody reads it.")
    )
    reply_days = forms.IntegerField(label=_("Days to reply to an offer"), min_value=1, max_value=60)
    visa_days = forms.IntegerField(
        label=_("Days that a visa takes"),
        min_value=0,
        max_value=180,
        required=False,
        help_text=_("Left empty: what is known of the host country."),
    )
    passport_months = forms.IntegerField(
        label=_("Months that a passport is valid after the journey"),
        min_value=0,
        max_value=24,
        required=False,
        help_text=_("Left empty: what is known of the host country."),
    )
    purge_days = forms.IntegerField(
        label=_("Days after the meeting on which sealed data are destroyed"), min_value=1, max_value=365
    )
    field_order = [
        "version", "key", "meeting", "shared_with", "policy", "currency", "places", "opens_on", "closes_on",
        "closes_by", "call", "reply_days", "visa_days", "passport_months", "purge_days",
    ]  # fmt: skip

    def __init__(self, *args: Any, on: date, round: Round | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round
        ahead = public_meetings().filter(starts__gt=on).exclude(status=MeetingStatus.CANCELLED)
        self.fields["meeting"].queryset = ahead.order_by("starts", "key")  # type: ignore[attr-defined]
        self.fields["policy"].queryset = Policy.objects.order_by("-number")  # type: ignore[attr-defined]
        near = Q(starts__gt=on)
        if round:
            near |= Q(pk=round.shared_with_id)
            del self.fields["key"]
        self.fields["shared_with"].queryset = (  # type: ignore[attr-defined]
            NeighbourMeeting.objects.filter(near).order_by("starts", "pk")
        )
        if round and round.opened_at:
            for name in ("meeting", "policy", "currency", "opens_on", "closes_on", "closes_by"):
                del self.fields[name]

    def plan(self) -> Plan | None:
        """What is planned, with what stands of an opened round; ``None`` where the form has an error."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "key")}
        known = visa_rules.suggested(told.get("meeting") or self.round.meeting)  # type: ignore[union-attr]
        for name, value in zip(("visa_days", "passport_months"), known, strict=True):
            told[name] = value if told[name] is None else told[name]
        if self.round and self.round.opened_at:
            stands = self.round
            told |= {name: getattr(stands, name) for name in ("meeting", "policy", "currency", "opens_on", "closes_at")}
            return Plan(**told)
        told.pop("closes_on"), told.pop("closes_by")
        closes_at = self.closes_at(told["meeting"].time_zone)
        return None if closes_at is None else Plan(closes_at=closes_at, **told)


def planned(round: Round) -> dict[str, Any]:
    """A round as its form shows it."""
    names = ("shared_with", "policy", "currency", "places", "opens_on", "call", "reply_days", "visa_days")
    more = ("passport_months", "purge_days", "version")
    told = {name: getattr(round, name) for name in (*names, *more)}
    told |= {"policy": round.policy_id, "shared_with": round.shared_with_id, "meeting": round.meeting.key}
    return told | closing_of(round)


class ClosingForm(ClosingFields):
    """Another closing time, and why."""

    reason = forms.CharField(label=_("Why it moves"), max_length=300, widget=line(), help_text=_("Everybody reads it."))
    field_order = ["version", "closes_on", "closes_by", "reason"]


class CostForm(SeenForm):
    """What a journey is assumed to cost, from somewhere."""

    state = forms.ModelChoiceField(
        label=_("State"), queryset=State.objects.none(), to_field_name="slug", required=False, empty_label=_("none")
    )
    region_group = forms.ModelChoiceField(
        label=_("Regional group"),
        queryset=RegionGroup.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("none"),
        help_text=_("Neither a State nor a region: a journey from anywhere else."),
    )
    ticket = forms.DecimalField(label=_("Ticket"), min_value=0, max_digits=10, decimal_places=2)
    nights = forms.IntegerField(label=_("Nights"), min_value=0, max_value=60)
    night_rate = forms.DecimalField(label=_("A night"), min_value=0, max_digits=8, decimal_places=2)
    days = forms.IntegerField(label=_("Days of allowance"), min_value=0, max_value=60)
    daily_rate = forms.DecimalField(label=_("Allowance a day"), min_value=0, max_digits=8, decimal_places=2)
    terminal = forms.DecimalField(
        label=_("Terminal expenses"), min_value=0, max_digits=8, decimal_places=2, help_text=_("Both ways.")
    )
    source = forms.CharField(label=_("Source"), max_length=300, required=False, widget=line())
    field_order = ["version", "state", "region_group", "ticket", "nights", "night_rate", "days", "daily_rate"]

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed:
            del self.fields["state"], self.fields["region_group"]
            return
        self.fields["state"].queryset = State.objects.by_name()  # type: ignore[attr-defined]
        self.fields["region_group"].queryset = RegionGroup.objects.by_name()  # type: ignore[attr-defined]

    def figures(self) -> Figures:
        told = self.cleaned_data
        names = ("ticket", "nights", "night_rate", "days", "daily_rate", "terminal")
        return Figures(**{name: told[name] for name in names})


def assumed_now(cost: CostAssumption) -> dict[str, Any]:
    """An assumption as its form shows it."""
    names = ("ticket", "nights", "night_rate", "days", "daily_rate", "terminal", "source", "version")
    return {name: getattr(cost, name) for name in names}


class AssessorForm(forms.Form):
    """Whom to name."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    acts_for = forms.CharField(
        label=_("For whom"),
        max_length=160,
        required=False,
        widget=line(),
        help_text=_("As in “Norway, for the donors”."),
    )
