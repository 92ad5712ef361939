"""What the ISO notes of obligations, cleaned. Forms never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.domain.clocks import LONGEST_CAUSE, LONGEST_SOURCE
from ccm_portal.core.forms import DAY, line
from ccm_portal.core.seen import SeenForm
from compliance.domain.request_clock import formal_meetings
from meetings.models import Meeting


class SourcedForm(SeenForm):
    """Whatever is noted says where it was published. The source comes last."""

    source = forms.CharField(
        label=_("Source"),
        max_length=LONGEST_SOURCE,
        widget=line(),
        help_text=_("The document or the letter, as everybody can find it."),
    )


class DayForm(SourcedForm):
    """A published day."""

    day = forms.DateField(
        label=_("Published day"),
        widget=DAY,
        required=False,
        help_text=_("It counts from now on, beside the computed one. Leave empty to take a published day back."),
    )
    field_order = ["version", "day", "source"]


class CompletionForm(SourcedForm):
    """That a State has finished, and to which meeting it said so."""

    completed_on = forms.DateField(label=_("Completed on"), widget=DAY, required=False)
    declared_on = forms.DateField(label=_("Declared on"), widget=DAY, required=False)
    declared_to = forms.ModelChoiceField(
        label=_("To which meeting"),
        queryset=Meeting.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("none"),
    )
    reopen = forms.BooleanField(
        label=_("It does not stand any more"),
        required=False,
        help_text=_("More was found, or it was noted by mistake: the clock counts again."),
    )
    field_order = ["version", "completed_on", "declared_on", "declared_to", "source", "reopen"]

    def __init__(self, *args: Any, stands: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to_meeting = self.fields["declared_to"]
        to_meeting.queryset = formal_meetings().order_by("-starts")  # type: ignore[attr-defined]
        to_meeting.label_from_instance = lambda meeting: meeting.short_name  # type: ignore[attr-defined]
        if not stands:
            del self.fields["reopen"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("completed_on") and not told.get("reopen") and "completed_on" not in self.errors:
            self.add_error("completed_on", _("Say on which day it was completed."))
        return told


class LaterForm(SourcedForm):
    """Later hostilities, and the day they ended."""

    cause = forms.CharField(
        label=_("Hostilities"),
        max_length=LONGEST_CAUSE,
        widget=line(),
        help_text=_("In a few words, as in “Hostilities of 2024”."),
    )
    hostilities_ended = forms.DateField(
        label=_("The day they ended"), widget=DAY, help_text=_("The ten years of Article 4(1)(b) count from it.")
    )
    field_order = ["version", "cause", "hostilities_ended", "source"]


class SuspensionForm(SourcedForm):
    """For how long a clock rests."""

    starts = forms.DateField(label=_("From"), widget=DAY)
    ends = forms.DateField(
        label=_("Until"),
        widget=DAY,
        required=False,
        help_text=_("The day on which it counts again. Leave empty if no end is set."),
    )
    field_order = ["version", "starts", "ends", "source"]
