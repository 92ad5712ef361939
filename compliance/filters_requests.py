"""The filter of the list of extension requests: one for the page and the file."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.enums import Clock
from ccm_portal.core.filtering import SortFilter
from ccm_portal.core.models import State
from compliance.domain.request_reading import readable
from compliance.enums import RequestOutcome, RequestStatus
from compliance.models import ExtensionRequest
from compliance.rules_requests import OPEN
from meetings.models import Meeting

INTENT, RUNNING = "intent", "running"
STANDINGS = (
    (INTENT, RequestStatus.INTENT.label),
    (RUNNING, pgettext_lazy("extension request", "Waits for a decision")),
    *RequestOutcome.choices,
    (RequestStatus.WITHDRAWN.value, RequestStatus.WITHDRAWN.label),
)

# Of history the day of lodging is seldom known: the meeting, or the deadline that it was about, stands for it.
KNOWN_DAY = Coalesce("lodged_on", "meeting__starts", "deadline_then", "intent_on")


class RequestFilter(django_filters.FilterSet):
    """By State, article, standing and meeting."""

    state = django_filters.ModelChoiceFilter(
        label=_("State"),
        queryset=lambda request: State.objects.filter(pk__in=readable().order_by().values("state")).by_name(),
        to_field_name="slug",
        empty_label=_("All"),
    )
    article = django_filters.ChoiceFilter(
        label=_("Article"),
        field_name="clock__clock",
        choices=[(one.value, one.label) for one in (Clock.ART3, Clock.ART4, Clock.NEW_CLEARANCE)],
        empty_label=_("All"),
    )
    standing = django_filters.ChoiceFilter(
        label=_("Status"), choices=STANDINGS, empty_label=_("All"), method="with_standing"
    )
    meeting = django_filters.ModelChoiceFilter(
        label=_("Meeting"),
        queryset=lambda request: (
            Meeting.objects.filter(extension_requests__in=readable().exclude(status__in=HIDDEN).order_by().values("pk"))
            .distinct()
            .order_by("-starts")
        ),
        to_field_name="key",
        empty_label=_("All"),
        method="of_meeting",
    )
    sort = SortFilter(
        orders={
            "latest": (_("Last first"), [KNOWN_DAY.desc(nulls_last=True)]),
            "earliest": (_("First first"), [KNOWN_DAY.asc(nulls_last=True)]),
        }
    )

    class Meta:
        model = ExtensionRequest
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.form.fields["meeting"].label_from_instance = lambda meeting: meeting.short_name

    def with_standing(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        if value == INTENT:
            return qs.filter(status__in=HIDDEN)
        if value == RUNNING:
            return qs.filter(status__in=OPEN).exclude(status=RequestStatus.DRAFT)
        if value == RequestStatus.WITHDRAWN:
            return qs.filter(status=value)
        return qs.filter(outcome=value)

    def of_meeting(self, qs: QuerySet, name: str, value: Meeting) -> QuerySet:
        """A meeting is not told of an intent, so it does not find one."""
        return qs.filter(Q(meeting=value) & ~Q(status__in=HIDDEN))


# Of these the public reads the intent alone: a draft looks like it.
HIDDEN = (RequestStatus.INTENT, RequestStatus.DRAFT)
