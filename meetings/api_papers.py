"""The read-only API over published papers."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from ccm_portal.core.models import Document, DocumentText
from meetings.domain import paper_reading
from meetings.filters_papers import PaperFilter
from meetings.rules_papers import public_papers


class TextSerializer(serializers.ModelSerializer):
    """A paper in one language, as it stands."""

    language = serializers.CharField()
    file = serializers.SerializerMethodField()

    class Meta:
        model = DocumentText
        fields = ["language", "title", "stage", "published_at", "file"]
        extra_kwargs = {"stage": {"help_text": "advance: not edited yet; final: edited."}}

    @extend_schema_field(serializers.URLField())
    def get_file(self, text: DocumentText) -> str:
        path = paper_reading.text_address(text.document, text)
        return str(self.context["request"].build_absolute_uri(path))


class PaperSerializer(serializers.ModelSerializer):
    """A published paper with the texts that everybody may read."""

    kind = serializers.CharField(help_text="agenda, working_paper, report, …")
    original_language = serializers.CharField()
    issuers = serializers.SerializerMethodField(help_text="Codes of States, keys of organisations, names of offices.")
    meetings = serializers.SerializerMethodField(help_text="Keys of the meetings it is for.")
    revises = serializers.SerializerMethodField(help_text="The symbol of the paper whose place it takes.")
    texts = TextSerializer(many=True, source="read_texts")
    page = serializers.SerializerMethodField()

    class Meta:
        model = Document
        fields = ["symbol", "kind", "title", "original_language", "published_at"]
        fields += ["issuers", "meetings", "revises", "texts", "page"]

    def get_issuers(self, paper: Document) -> list[str]:
        found = []
        for one in paper.issuers.all():
            found.append(one.state.iso3 if one.state else one.organisation.key if one.organisation else one.name)
        return found

    def get_meetings(self, paper: Document) -> list[str]:
        return [row.meeting.key for row in paper.meetings.all()]

    def get_revises(self, paper: Document) -> str | None:
        """Only where everybody may know of it."""
        before = paper.revises
        return before.symbol if before is not None and before.published_at else None

    @extend_schema_field(serializers.URLField())
    def get_page(self, paper: Document) -> str:
        return str(self.context["request"].build_absolute_uri(paper_reading.address(paper)))


class Papers(ListAPIView):
    """Published papers, the last one first. The same filters as the page."""

    serializer_class = PaperSerializer
    filterset_class = PaperFilter
    queryset = paper_reading.listed(public_papers()).select_related("revises").order_by("-published_at", "-pk")
