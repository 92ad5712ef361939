"""What the pages of a formal request send, cleaned. Nothing is stored here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.forms import DAY, line, prose
from ccm_portal.core.models import State
from ccm_portal.core.seen import SeenForm
from ccm_portal.core.tick_lists import TickList, region_of
from committees.domain.said import LONG
from compliance.domain import formal_meeting
from compliance.models import ClarificationRequest
from meetings.domain import agenda_reading, words
from meetings.models import Decision, Meeting

LONGEST = 2 * LONG
ANSWERS = (("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No")))


class LodgeForm(SeenForm):
    """Who requests a clarification, in which words, since when."""

    states = forms.ModelMultipleChoiceField(
        label=_("States Parties that request it"),
        queryset=State.objects.none(),
        to_field_name="slug",
        widget=TickList(group=region_of),
    )
    text = forms.CharField(
        label=_("Request for clarification"),
        max_length=LONGEST,
        widget=prose(8),
        help_text=_("Word for word, with all appropriate information. Who is named for the State concerned reads it."),
    )
    lodged_on = forms.DateField(label=_("Lodged with the UN Secretary-General on"), widget=DAY)

    def __init__(self, *args: Any, concerned: State, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = State.objects.exclude(entry_into_force=None).exclude(pk=concerned.pk)
        self.fields["states"].queryset = parties.by_name().select_related("region_group")  # type: ignore[attr-defined]


class DayForm(SeenForm):
    """The day of a step."""

    on = forms.DateField(label=_("Day"), widget=DAY)

    def __init__(self, *args: Any, request: ClarificationRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request


class TransmittedForm(DayForm):
    on = forms.DateField(label=_("Sent through the UN Secretary-General on"), widget=DAY)


class ReceivedForm(DayForm):
    on = forms.DateField(label=_("Received by the State concerned on"), widget=DAY)
    basis = forms.CharField(
        label=_("How the day of receipt is known"),
        max_length=300,
        widget=line(),
        help_text=_(
            "A stamp, a note of the mission, a letter of the Secretary-General. The 28 days count from this day."
        ),
    )


class ReplyForm(DayForm):
    text = forms.CharField(label=_("Reply"), max_length=LONGEST, widget=prose(8))
    on = forms.DateField(label=_("Day of the reply"), widget=DAY)
    through_un_on = forms.DateField(label=_("Sent through the UN Secretary-General on"), required=False, widget=DAY)
    field_order = ("text", "on", "through_un_on", "version")


class JudgeForm(DayForm):
    on = None  # type: ignore[assignment]
    satisfies = forms.ChoiceField(
        label=_("Does the reply satisfy the States that asked?"), choices=ANSWERS, widget=forms.RadioSelect
    )


class ConfirmForm(DayForm):
    on = None  # type: ignore[assignment]


class SubmitForm(DayForm):
    on = forms.DateField(label=_("Sent through the UN Secretary-General on"), widget=DAY)
    meeting = forms.ModelChoiceField(label=_("Meeting"), queryset=Meeting.objects.none(), to_field_name="key")
    code = forms.TypedChoiceField(label=_("Agenda item"), required=False, coerce=int, empty_value=None)
    text = forms.CharField(
        label=pgettext_lazy("to a meeting", "Submission"),
        max_length=LONGEST,
        widget=prose(8),
        help_text=_("What the States that asked put to the meeting, with all appropriate information."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: dict[str, Any] = self.fields
        earliest = self.request.received_on or self.request.lodged_on
        meetings = formal_meeting.next_meetings(on=earliest)
        given["meeting"].queryset = meetings
        given["meeting"].label_from_instance = _with_days
        following = meetings.first()
        self.initial.setdefault("meeting", following.key if following else None)
        items = [(item.code, item.label) for item in agenda_reading.public_items(following)] if following else []
        given["code"].choices = [("", _("None")), *items]


class CirculatedForm(DayForm):
    on = forms.DateField(
        label=_("Circulated to all States Parties on"),
        widget=DAY,
        help_text=_("From this day everybody reads that a reply was due, until when, and whether one came."),
    )


class ResponseForm(DayForm):
    on = None  # type: ignore[assignment]
    text = forms.CharField(
        label=_("Response of the State concerned"),
        max_length=LONGEST,
        widget=prose(8),
        help_text=_("It stands beside the submission."),
    )


class GoodOfficesForm(DayForm):
    on = forms.DateField(label=_("Asked of the UN Secretary-General on"), widget=DAY)
    note = forms.CharField(label=_("Who asked, and what came of it"), max_length=LONG, widget=prose(4))


class MeetingForm(DayForm):
    considered = forms.ChoiceField(
        label=_("Did the meeting decide to consider the matter at all?"), choices=ANSWERS, widget=forms.RadioSelect
    )
    on = forms.DateField(label=_("Decided on"), widget=DAY)
    says = forms.CharField(
        label=_("What the meeting says"),
        required=False,
        max_length=LONGEST,
        widget=prose(6),
        help_text=_("Ways and means to resolve the matter, and measures of cooperation if it recommends some."),
    )
    beyond_control = forms.BooleanField(
        label=_("The causes were beyond the control of the State, and measures under Article 6 are recommended"),
        required=False,
    )
    decision = forms.ModelChoiceField(
        label=_("Decision"), required=False, queryset=Decision.objects.none(), empty_label=_("None")
    )
    field_order = ("considered", "on", "says", "beyond_control", "decision", "version")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: dict[str, Any] = self.fields
        given["decision"].queryset = formal_meeting.decisions_on_it(self.request)
        given["decision"].label_from_instance = lambda one: f"{one.number}. {one.title}"


class ProceduresForm(DayForm):
    on = None  # type: ignore[assignment]
    text = forms.CharField(
        label=_("Procedures adopted later"),
        max_length=LONG,
        widget=prose(4),
        help_text=_("Under Article 8(6): what was adopted, by which meeting."),
    )


def _with_days(meeting: Meeting) -> str:
    return f"{meeting.short_name} · {words.span_text(meeting.starts, meeting.ends, meeting.precision)}"
