"""The read-only API over the meetings that everybody may know of."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from meetings.domain import reading
from meetings.models import Meeting, MeetingPart
from meetings.rules import is_public, public_meetings


class PartSerializer(serializers.ModelSerializer):
    """One run of days at one place."""

    host = serializers.CharField(
        source="host.iso3", allow_null=True, default=None, help_text="ISO 3166-1 alpha-3 code."
    )

    class Meta:
        model = MeetingPart
        fields = ["number", "starts", "ends", "format", "city", "host", "venue"]


class MeetingSerializer(serializers.ModelSerializer):
    """A meeting that is announced, held or called off."""

    name = serializers.CharField(help_text="In the language asked for.")
    precision = serializers.CharField(help_text="Where it is 'month', only the month of the days counts.")
    parts = PartSerializer(many=True)
    presided_by = serializers.SerializerMethodField(help_text="Codes of the States that preside or chair.")
    prepares = serializers.SerializerMethodField(help_text="The key of the meeting that it prepares, once announced.")
    convened_by = serializers.SlugRelatedField(slug_field="key", many=True, read_only=True)
    page = serializers.SerializerMethodField()

    class Meta:
        model = Meeting
        fields = [
            "key",
            "kind",
            "ordinal",
            "name",
            "status",
            "is_formal",
            "starts",
            "ends",
            "precision",
            "time_zone",
            "languages",
            "parts",
            "presided_by",
            "prepares",
            "convened_by",
            "source",
            "confidence",
            "page",
        ]

    def get_presided_by(self, meeting: Any) -> list[str]:
        return [one.state.iso3 for one in meeting.presiding if one.state]

    def get_prepares(self, meeting: Meeting) -> str | None:
        """Only where everybody may know of it."""
        return meeting.parent.key if meeting.parent and is_public(meeting.parent) else None

    @extend_schema_field(serializers.URLField())
    def get_page(self, meeting: Meeting) -> str:
        address: str = self.context["request"].build_absolute_uri(meeting.get_absolute_url())
        return address


class Meetings(ListAPIView):
    """Meetings that everybody may know of, the newest first."""

    serializer_class = MeetingSerializer
    filter_backends: list[Any] = []
    queryset = reading.listed(public_meetings()).order_by("-starts", "key")
