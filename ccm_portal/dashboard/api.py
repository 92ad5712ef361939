"""The read-only API over States and due items. No session, no account: what is published, and nothing else."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from drf_spectacular.views import SpectacularAPIView
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from ccm_portal.core import clock, due_items
from ccm_portal.core.clock_sentences import base_reason as reason_of
from ccm_portal.core.clock_sentences import explain, explain_current, explain_entry_into_force
from ccm_portal.core.due_items import DueItem
from ccm_portal.core.models import State, StateClock
from ccm_portal.core.models.names import COLUMNS, Named
from ccm_portal.dashboard.filters import StateFilter
from compliance.domain.obligation_rows import Obligation
from compliance.domain.obligations import day_that_ended, obligations


def names(named: Named) -> dict[str, str]:
    """The name in each language that has one."""
    told = {language: getattr(named, f"name_{column}") for language, column in COLUMNS.items()}
    return {language: name for language, name in told.items() if name}


class RegionField(serializers.Serializer):
    key = serializers.CharField()
    names = serializers.SerializerMethodField()

    def get_names(self, region: Named) -> dict[str, str]:
        return names(region)


class ClockSerializer(serializers.ModelSerializer):
    """One clock: what the Convention gives and the day that counts now, each with its reason."""

    base_reason = serializers.SerializerMethodField()
    current = serializers.DateField(help_text="The day that counts now.")
    current_reason = serializers.SerializerMethodField()

    class Meta:
        model = StateClock
        fields = [
            "clock",
            "key",
            "cause",
            "starts",
            "base",
            "base_reason",
            "current",
            "current_reason",
            "granted_until",
            "granted_basis",
            "override",
            "override_source",
            "notes",
        ]
        extra_kwargs = {
            "key": {"help_text": "Of a clock of later contamination: its name in addresses."},
            "cause": {"help_text": "The hostilities that began it."},
            "starts": {"help_text": "The day they ended."},
        }

    def get_base_reason(self, one: StateClock) -> str:
        return explain(reason_of(one, state=one.state))

    def get_current_reason(self, one: StateClock) -> str:
        return explain_current(one, state=one.state)


class ObligationSerializer(serializers.Serializer):
    """One thing that a State owes: by when, why, and how it stands."""

    key = serializers.CharField(help_text="Names it for ever within its State.")
    kind = serializers.CharField()
    title = serializers.CharField()
    article = serializers.CharField()
    counted_from = serializers.DateField(source="starts")
    computed = serializers.DateField(help_text="The day that the rule gives.")
    due = serializers.DateField(help_text="The day that counts now.")
    published = serializers.DateField(source="override", help_text="The official day, where it differs.")
    published_source = serializers.CharField(source="override_source")
    standing = serializers.CharField()
    reason = serializers.CharField(source="sentence")


class StateSerializer(serializers.ModelSerializer):
    """A State with the Depositary's dates, its clocks and what it owes."""

    names = serializers.SerializerMethodField()
    region = RegionField(source="region_group")
    entry_into_force_reason = serializers.SerializerMethodField()
    clocks = ClockSerializer(many=True)
    obligations = serializers.SerializerMethodField()
    page = serializers.SerializerMethodField()

    class Meta:
        model = State
        fields = [
            "iso3",
            "slug",
            "names",
            "region",
            "treaty_status",
            "signed",
            "deposited",
            "instrument_kind",
            "entry_into_force",
            "entry_into_force_reason",
            "entry_into_force_override",
            "override_source",
            "withdrawn_effective",
            "affected",
            "stockpile_declared",
            "retains",
            "clocks",
            "obligations",
            "page",
        ]

    def get_names(self, state: State) -> dict[str, str]:
        return names(state)

    @extend_schema_field(ObligationSerializer(many=True))
    def get_obligations(self, state: State) -> Any:
        return ObligationSerializer(self.context["view"].owed.get(state.pk, []), many=True).data

    def get_entry_into_force_reason(self, state: State) -> str:
        return explain_entry_into_force(state)

    def get_page(self, state: State) -> str:
        return self.context["request"].build_absolute_uri(state.get_absolute_url())


class States(ListModelMixin, RetrieveModelMixin, GenericViewSet):
    """States, by name. The same filters as the page."""

    serializer_class = StateSerializer
    filterset_class = StateFilter
    lookup_field = "slug"
    owed: dict[int, list[Obligation]] = {}

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page of States with what they owe: a constant number of queries."""
        page = super().paginate_queryset(queryset)
        self.owed = owed_by(page or [])
        return page

    def get_object(self) -> Any:
        state = super().get_object()
        self.owed = owed_by([state])
        return state

    def get_queryset(self) -> Any:
        return State.objects.select_related("region_group").prefetch_related("clocks__state").by_name()


def owed_by(states: list[State]) -> dict[int, list[Obligation]]:
    """What each of these States owes now."""
    found: dict[int, list[Obligation]] = {}
    for row in obligations(states, on=day_that_ended(clock.now())):
        found.setdefault(row.state.pk, []).append(row)
    return found


class DueItemSerializer(serializers.Serializer):
    """What falls due for a State, and why."""

    key = serializers.CharField(help_text="Names it for ever.")
    title = serializers.CharField()
    state = serializers.CharField(source="state.iso3", help_text="ISO 3166-1 alpha-3 code.")
    due = serializers.DateField()
    source = serializers.CharField(help_text="The rule it comes from.")
    basis = serializers.CharField(help_text="How the day was computed.")


class DueItems(GenericAPIView):
    """What is open now for all States or for one, soonest first."""

    serializer_class = DueItemSerializer
    filter_backends: list[Any] = []
    queryset = State.objects.none()

    @extend_schema(
        parameters=[OpenApiParameter("state", str, description="A State by its code or its address: LAO or lao-pdr.")],
        responses=DueItemSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        told = request.query_params.get("state", "").replace("\x00", "")
        states = State.objects.filter(Q(iso3=told.upper()) | Q(slug=told.lower())) if told else None
        items: list[DueItem] = due_items.due_items(on=clock.today(), states=states)
        page = self.paginate_queryset(items)
        return self.get_paginated_response(DueItemSerializer(page, many=True).data)


class Description(SpectacularAPIView):
    """The OpenAPI description, as JSON, which browsers show and programs read."""

    renderer_classes = [OpenApiJsonRenderer2]

    def _get_filename(self, request: Request, version: str) -> str:
        return "ccm-api-1.json"


class Root(GenericAPIView):
    """Where everything is."""

    serializer_class = serializers.Serializer
    filter_backends: list[Any] = []
    queryset = State.objects.none()

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        doors = {
            "states": "state-list",
            "reports": "report-list",
            "figures": "figure-list",
            "meetings": "meeting-list",
            "papers": "paper-list",
            "positions": "position-list",
            "due_items": "due-item-list",
            "schema": "schema",
        }
        return Response(
            {"about": request.build_absolute_uri(reverse("dashboard:data"))}
            | {name: request.build_absolute_uri(reverse(f"api:{address}")) for name, address in doors.items()}
        )
