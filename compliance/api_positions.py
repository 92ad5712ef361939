"""The read-only API over positions on interpretation."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from compliance.domain import positions_reading as reading
from compliance.filters_positions import PositionFilter
from compliance.models import Position
from compliance.rules_positions import public_positions


class PositionSerializer(serializers.ModelSerializer):
    """What a State said on a topic, in its own words."""

    topic = serializers.CharField(source="topic.key", help_text="transit, foreign-stockpiling, investment, …")
    state = serializers.CharField(source="state.iso3", help_text="ISO 3166-1 alpha-3 code.")
    source = serializers.CharField(help_text="report, statement, submission, law, letter or other.")
    where = serializers.SerializerMethodField(help_text="In the language asked for.")
    stands = serializers.SerializerMethodField(help_text="false: the State has put another in its place.")
    translation = serializers.CharField(help_text="Into English, unofficial; empty where there is none.")
    is_demonstration = serializers.BooleanField(help_text="true: made up to show the portal.")
    page = serializers.SerializerMethodField()

    class Meta:
        model = Position
        fields = ["topic", "state", "said_on", "language", "text", "translation", "source", "where", "reference"]
        fields += ["stands", "is_demonstration", "page"]

    def get_where(self, position: Position) -> str:
        return reading.where_said(position)

    def get_stands(self, position: Position) -> bool:
        return position.replaced_by_id is None

    @extend_schema_field(serializers.URLField())
    def get_page(self, position: Position) -> str:
        return str(self.context["request"].build_absolute_uri(reading.address(position)))


class Positions(ListAPIView):
    """Positions of States on what the Convention means, said last first. The same filters as the page."""

    serializer_class = PositionSerializer
    filterset_class = PositionFilter
    queryset = public_positions().order_by("-said_on", "-pk")
