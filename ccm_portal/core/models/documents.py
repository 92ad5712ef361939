"""Papers: a symbol, who issues it, and language versions that arrive on different days."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ccm_portal.core.enums import DocumentKind, DocumentStatus, TextStage
from ccm_portal.core.models.files import StoredFile
from ccm_portal.core.models.people import Organisation
from ccm_portal.core.models.states import State


class Document(models.Model):
    """A paper. Its titles and files are its texts, one a language; a revision is a paper of its own."""

    symbol = models.CharField(max_length=60, blank=True)  # CCM/MSP/2026/WP.1/Rev.1; a non-paper has none
    kind = models.CharField(max_length=20, choices=DocumentKind)
    title = models.CharField(max_length=300)  # in the language in which it was written
    original_language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    status = models.CharField(max_length=10, choices=DocumentStatus, default=DocumentStatus.PROPOSED)
    revises = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="revised_by")
    note = models.TextField(blank=True)  # by whoever proposes it, for the ISO
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(blank=True)  # why it was not accepted, or withdrawn
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["symbol"], condition=~Q(symbol=""), name="document_symbol_once"),
            models.CheckConstraint(condition=Q(status__in=DocumentStatus.values), name="document_status_known"),
            models.CheckConstraint(
                condition=~Q(status=DocumentStatus.PUBLISHED) | Q(published_at__isnull=False),
                name="document_published_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["status", "-published_at"], name="document_list")]

    def __str__(self) -> str:
        return self.symbol or self.title


class DocumentIssuer(models.Model):
    """Who issues a paper: a State, an organisation, or an office by its name. Several may issue one together."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="issuers")
    position = models.PositiveSmallIntegerField(default=0)
    state = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="documents_issued")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="documents_issued"
    )
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__isnull=False, organisation=None, name="")
                | Q(state=None, organisation__isnull=False, name="")
                | (Q(state=None, organisation=None) & ~Q(name="")),
                name="document_issuer_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.state or self.organisation)


class DocumentText(models.Model):
    """A paper in one language: an advance copy or the edited text. One that is replaced stays, out of sight."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    title = models.CharField(max_length=300)
    stage = models.CharField(max_length=8, choices=TextStage, default=TextStage.FINAL)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "language"], condition=Q(replaced_at=None), name="document_text_once_a_language"
            ),
        ]
        indexes = [models.Index(fields=["published_at"], name="document_text_news")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.language}"


class Follow(models.Model):
    """A person wants to hear what is new about one thing: "meeting:14msp", "body:clearance"."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    topic = models.CharField(max_length=100)
    since = models.DateTimeField()
    told_until = models.DateTimeField()  # what is older was told, or was there before

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="topic_followed_once")]
        indexes = [models.Index(fields=["topic"], name="follow_topic")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.topic}"
