"""What the pages of decisions send, cleaned. Nothing is stored here."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.document_rules import KNOWN
from ccm_portal.core.enums import DocumentStatus
from ccm_portal.core.forms import DAY, prose
from ccm_portal.core.models import Document, State
from ccm_portal.core.seen import SeenForm
from committees import office_names
from committees.body_fields import BodyField
from committees.enums import NominationStatus
from committees.models import Body, Nomination
from meetings.domain import agenda_reading, decisions, follow_ups, words
from meetings.enums import Ballot, DecisionKind, DecisionOutcome, Majority
from meetings.models import Decision, Meeting
from meetings.rules import public_meetings


class DecisionForm(SeenForm):
    """A draft: what is proposed, about what, and what it would settle."""

    kind = forms.ChoiceField(label=_("Kind"), choices=DecisionKind.choices)
    title = forms.CharField(label=_("Title"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))
    text = forms.CharField(
        label=_("Text"),
        max_length=decisions.LONGEST,
        widget=prose(8),
        help_text=_("Word for word, as it would be adopted."),
    )
    code = forms.TypedChoiceField(label=_("Agenda item"), required=False, coerce=int, empty_value=None)
    document = forms.ModelChoiceField(
        label=_("Paper"), required=False, queryset=Document.objects.none(), empty_label=_("None")
    )
    about_state = forms.ModelChoiceField(
        label=_("About a State"),
        required=False,
        queryset=State.objects.none(),
        to_field_name="slug",
        empty_label=_("None"),
    )
    conditions = forms.CharField(
        label=_("Conditions and benchmarks"), required=False, max_length=decisions.LONGEST, widget=prose(3)
    )
    reservations = forms.CharField(
        label=_("Reservations and explanations"), required=False, max_length=decisions.LONGEST, widget=prose(3)
    )
    granted_until = forms.DateField(label=_("Granted until"), required=False, widget=DAY)
    about_meeting = forms.ModelChoiceField(
        label=_("Meeting whose dates and venue are decided"),
        required=False,
        queryset=Meeting.objects.none(),
        to_field_name="key",
        empty_label=_("Not in the portal yet"),
    )
    about_starts = forms.DateField(label=_("First day"), required=False, widget=DAY)
    about_ends = forms.DateField(label=_("Last day"), required=False, widget=DAY)
    about_city = forms.CharField(label=_("City"), required=False, max_length=80)
    about_host = forms.ModelChoiceField(
        label=_("Host"),
        required=False,
        queryset=State.objects.none(),
        to_field_name="slug",
        empty_label=_("None"),
    )
    settles = forms.ModelMultipleChoiceField(
        label=_("Nominations: elected if it is adopted"),
        required=False,
        queryset=Nomination.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    EXTENSION = ("granted_until",)
    VENUE = ("about_meeting", "about_starts", "about_ends", "about_city", "about_host")
    OFFICERS = ("settles",)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: dict[str, Any] = self.fields
        items = agenda_reading.desk_items(meeting)
        given["code"].choices = [("", _("None")), *((one.code, one.label) for one in items)]
        taken_in = Document.objects.filter(Q(status=DocumentStatus.ACCEPTED) | KNOWN, meetings__meeting=meeting)
        given["document"].queryset = taken_in.order_by("symbol", "pk")
        for name in ("about_state", "about_host"):
            given[name].queryset = State.objects.by_name()
        given["about_meeting"].queryset = public_meetings().exclude(pk=meeting.pk).order_by("-starts")
        given["about_meeting"].label_from_instance = _with_days
        nominated = Nomination.objects.filter(status__in=[NominationStatus.NOMINATED, NominationStatus.ENDORSED])
        given["settles"].queryset = nominated.select_related("state", "body").order_by("body__position", "starts")
        given["settles"].label_from_instance = _nominated
        if not decisions.can_settle(meeting):
            del given["settles"], given["about_meeting"]

    def parts(self) -> dict[str, list[forms.BoundField]]:
        """The fields by what they are for: a page shows those of the other kinds folded away."""
        special = {"extension": self.EXTENSION, "venue": self.VENUE, "officers": self.OFFICERS}
        folded = {name for names in special.values() for name in names}
        parts = {part: [self[name] for name in names if name in self.fields] for part, names in special.items()}
        parts["always"] = [field for field in self if field.name not in folded]
        return parts

    def words(self) -> decisions.Words:
        """What was said, for the operation."""
        told = {name: value for name, value in self.cleaned_data.items() if name in decisions.Words.__annotations__}
        return decisions.Words(**told | {"settles": tuple(self.cleaned_data.get("settles", ()))})


class CorrectionForm(DecisionForm):
    """A recorded decision put right, and why."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=DecisionOutcome.choices)
    note = forms.CharField(
        label=_("What you correct, and why"),
        max_length=2000,
        widget=prose(2),
        help_text=_("Everybody can read it, with the text as it was."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("settles", None)


def _with_days(meeting: Meeting) -> str:
    return f"{meeting.short_name} · {words.span_text(meeting.starts, meeting.ends, meeting.precision)}"


def _nominated(nomination: Nomination) -> str:
    return f"{nomination.state.name}: {nomination.body.name} ({nomination.starts.year}–{nomination.ends.year})"


class RecordForm(SeenForm):
    """What the meeting did with it, by general agreement."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=DecisionOutcome.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Text as amended"),
        required=False,
        max_length=decisions.LONGEST,
        widget=prose(6),
        help_text=_("Only if it was adopted as amended: the whole text. The text as proposed is kept beside it."),
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=DAY)
    reservations = forms.CharField(
        label=_("Reservations and explanations"), required=False, max_length=decisions.LONGEST, widget=prose(3)
    )


class OpenVoteForm(SeenForm):
    """By which majority."""

    majority = forms.ChoiceField(label=_("Majority"), choices=Majority.choices, widget=forms.RadioSelect)


class OpenSilenceForm(SeenForm):
    """Until when States Parties may object, by the clock of the venue."""

    day = forms.DateField(label=_("Last day"), widget=DAY)
    hour = forms.TimeField(label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    on_objection = forms.ChoiceField(
        label=_("If a State Party objects, it is"),
        choices=[(one.value, one.label) for one in (DecisionOutcome.NOT_ADOPTED, DecisionOutcome.DEFERRED)],
        widget=forms.RadioSelect,
        initial=DecisionOutcome.NOT_ADOPTED,
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["hour"].help_text = _("By the clock of %(zone)s.") % {"zone": zone}

    def closes_at(self, there: Any) -> datetime:
        """The instant; ``there`` reads a local time of the venue."""
        moment: datetime = there(datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"]), self.zone)
        return moment


class BallotForm(forms.Form):
    """How a State votes."""

    state = forms.ModelChoiceField(
        label=_("For"), queryset=State.objects.none(), to_field_name="slug", empty_label=None
    )
    ballot = forms.ChoiceField(
        label=pgettext_lazy("how a State votes", "Vote"), choices=Ballot.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, states: list[State], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _states(self.fields["state"], states)


class ObjectionForm(forms.Form):
    """A State Party breaks the silence."""

    state = forms.ModelChoiceField(
        label=_("For"), queryset=State.objects.none(), to_field_name="slug", empty_label=None
    )
    text = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=decisions.LONGEST,
        widget=prose(4),
        help_text=_("States Parties and the ISO read it. The public learns only that a State Party objected."),
    )

    def __init__(self, *args: Any, states: list[State], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _states(self.fields["state"], states)


def _states(field: Any, states: list[State]) -> None:
    """One's own; where there is one it is not asked for."""
    field.queryset = State.objects.filter(pk__in=[state.pk for state in states])
    if len(states) == 1:
        field.initial = states[0].slug
        field.widget = forms.HiddenInput()


class FollowUpForm(forms.Form):
    """What follows, whose it is, by when."""

    what = forms.CharField(label=_("What is to be done"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))
    state = forms.ModelChoiceField(
        label=_("State"), required=False, queryset=State.objects.none(), to_field_name="slug", empty_label=_("None")
    )
    body = BodyField(
        label=_("Body"), required=False, queryset=Body.objects.none(), to_field_name="key", empty_label=_("None")
    )
    owner_name = forms.ChoiceField(label=_("Or an office"), required=False)
    due = forms.DateField(label=_("By"), required=False, widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: dict[str, Any] = self.fields
        given["state"].queryset = State.objects.by_name()
        given["owner_name"].choices = [("", _("None")), *office_names.choices()]
        given["body"].queryset = Body.objects.select_related("kind").filter(ends=None).order_by("position", "pk")


class DoneForm(SeenForm):
    """That it was done, and what came of it."""

    done_on = forms.DateField(
        label=_("Done on"), required=False, widget=DAY, help_text=_("Leave it empty while it is not done.")
    )
    outcome = forms.CharField(
        label=_("What came of it"),
        required=False,
        max_length=follow_ups.LONGEST_OUTCOME,
        widget=prose(4),
        help_text=_("Public, beside the decision."),
    )


def initial_of(decision: Decision) -> dict[str, Any]:
    """What a form about this decision begins with."""
    said = vars(decisions.words_of(decision)).copy()
    for name in ("about_state", "about_host"):
        said[name] = said[name].slug if said[name] else ""
    said["about_meeting"] = decision.about_meeting.key if decision.about_meeting else ""
    said["settles"] = [one.pk for one in said["settles"]]
    return said | {"version": decision.version, "outcome": decision.outcome}
