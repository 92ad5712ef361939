"""Papers and minutes of a body: read by who works there, and by everybody once they are published.

The paper itself is a document of the kernel, which the body issues; who reads it before it is published is said by
``readers``.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ccm_portal.core.domain import document_texts, documents
from ccm_portal.core.domain.documents import DocumentChanged, DocumentRefused, Issuer
from ccm_portal.core.enums import DocumentKind, TextStage
from ccm_portal.core.file_kinds import FileRefused
from ccm_portal.core.models import Document, User
from committees.domain.said import WorkChanged, WorkRefused
from committees.models import Body, BodyPaper
from committees.rules import working_bodies

# What a body writes without a symbol of the United Nations.
KINDS = (
    DocumentKind.MINUTES,
    DocumentKind.NON_PAPER,
    DocumentKind.INFORMATION,
    DocumentKind.WORK_PLAN,
    DocumentKind.OTHER,
)


@dataclass(frozen=True, kw_only=True)
class Given:
    """A file as somebody sends it, in one language."""

    language: str
    content: bytes
    name: str


@transaction.atomic
def add_paper(
    *, body: Body, kind: str, title: str, given: Given, meeting_key: str = "", by: User, at: datetime
) -> BodyPaper:
    """Put a paper into the workspace. ``meeting_key``: of which meeting these are the minutes.

    :raises WorkRefused: if it has no title, is of a kind that needs a symbol, or the file cannot be taken.
    """
    if kind not in KINDS:
        raise WorkRefused(_("A paper of this kind is proposed for a meeting, which gives it a symbol."))

    def with_its_text(document: Document) -> None:
        text = document_texts.NewText(
            language=given.language, content=given.content, name=given.name, title=title, stage=TextStage.FINAL
        )
        document_texts.take_in(document, [text], by=by, at=at)
        BodyPaper.objects.create(body=body, document=document, meeting_key=meeting_key, added_at=at)

    try:
        document = documents.enter(
            title=title,
            kind=kind,
            language=given.language,
            symbol="",
            issuers=[Issuer(name=body.name)],
            by=by,
            at=at,
            also=with_its_text,
        )
    except (DocumentRefused, FileRefused) as refusal:
        raise WorkRefused(str(refusal)) from refusal
    return BodyPaper.objects.get(document=document)


@transaction.atomic
def replace_text(*, paper: BodyPaper, given: Given, version: int, by: User, at: datetime) -> BodyPaper:
    """Put another file in the place of the one in this language, or add the paper in a further one. What everybody
    reads already stays read: the new file of a published paper is published with it.

    :raises WorkChanged: if the paper has another version than the one seen.
    :raises WorkRefused: if the file cannot be taken.
    """
    document = paper.document
    try:
        document_texts.add_text(
            document=document,
            language=given.language,
            title=document.title,
            stage=TextStage.FINAL,
            content=given.content,
            name=given.name,
            version=version,
            by=by,
            at=at,
            publish=document.published_at is not None,
        )
    except DocumentChanged as refusal:
        raise WorkChanged(refusal.document) from refusal
    except (DocumentRefused, FileRefused) as refusal:
        raise WorkRefused(str(refusal)) from refusal
    return paper


@transaction.atomic
def publish(*, paper: BodyPaper, version: int, by: User, at: datetime) -> BodyPaper:
    """Everybody may read it from now on.

    :raises WorkChanged: if the paper has another version than the one seen.
    :raises WorkRefused: if it is published already.
    """
    try:
        document_texts.publish_texts(document=paper.document, version=version, by=by, at=at)
    except DocumentChanged as refusal:
        raise WorkChanged(refusal.document) from refusal
    except DocumentRefused as refusal:
        raise WorkRefused(str(refusal)) from refusal
    return paper


def readers(user: User) -> Q | None:
    """Who works in a body reads its papers before they are published."""
    papers = BodyPaper.objects.filter(body__in=working_bodies(user)).order_by()
    return Q(pk__in=papers.values("document"))
