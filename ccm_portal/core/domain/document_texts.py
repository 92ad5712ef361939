"""The texts of a paper: one a language, each on its day; first an advance copy, then the edited text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import document_workflow as workflow
from ccm_portal.core import files, register
from ccm_portal.core.domain.documents import Also, DocumentRefused, held
from ccm_portal.core.enums import DocumentStatus, TextStage
from ccm_portal.core.file_kinds import DOCX, ODS, ODT, PDF, XLSX
from ccm_portal.core.models import Document, DocumentText, StoredFile, User
from ccm_portal.core.workflow import TransitionRefused, locked
from ccm_portal.core.writing import plain

KINDS = frozenset({PDF, DOCX, XLSX, ODT, ODS})
CLOSED = frozenset({DocumentStatus.REFUSED, DocumentStatus.WITHDRAWN})
LONGEST_TITLE = 300


@dataclass(frozen=True)
class NewText:
    """A text that comes with its paper."""

    language: str
    content: bytes
    name: str
    title: str = ""
    stage: str = TextStage.ADVANCE


def take_in(document: Document, texts: Iterable[NewText], *, by: User | None, at: datetime) -> None:
    """The texts that come with a new paper, inside the act that makes it.

    :raises FileRefused: if a file cannot be taken.
    :raises DocumentRefused: if two are in one language, or one is in none.
    """
    for text in texts:
        before = document.texts.filter(language=text.language, replaced_at=None).first()
        if before is not None:
            raise DocumentRefused(_("Two files are in one language. A paper has one text in each."))
        _refuse_text(document, None, language=text.language, stage=text.stage, publish=False)
        stored = files.store(content=text.content, name=text.name, at=at, kinds=KINDS)
        put_text(document, None, language=text.language, title=text.title, stage=text.stage, file=stored, by=by, at=at)


@transaction.atomic
def add_text(
    *,
    document: Document,
    language: str,
    title: str,
    stage: str,
    content: bytes,
    name: str,
    version: int,
    by: User | None,
    at: datetime,
    publish: bool = False,
    also: Also | None = None,
) -> DocumentText:
    """Add the paper in a language, told by its content. One that stood there is kept, out of sight, with the day on
    which it was replaced. What takes the place of a text that everybody reads is published with it.

    :raises FileRefused: if it is none of PDF, Word, Excel or OpenDocument, or damaged, locked, too large.
    :raises DocumentChanged: if the paper has another version than the one seen.
    :raises DocumentRefused: if the paper is closed, the text cannot come after the one that is there, or is the same.
    """
    document = held(document, version)
    before = document.texts.filter(language=language, replaced_at=None).first()
    _refuse_text(document, before, language=language, stage=stage, publish=publish)
    stored = files.store(content=content, name=name, at=at, kinds=KINDS)
    text = put_text(document, before, language=language, title=title, stage=stage, file=stored, by=by, at=at)
    if publish:
        _publish(document, [text], at=at)
    else:
        document.version += 1
        document.save()
    if also:
        also(document)
    register.append(
        action="core.document.add_text",
        by=by,
        at=at,
        obj=document,
        content_hash=stored.sha256,
        data={"symbol": document.symbol, "language": language, "stage": stage, "published": publish},
    )
    return text


@transaction.atomic
def publish_texts(
    *,
    document: Document,
    version: int,
    by: User,
    at: datetime,
    languages: list[str] | None = None,
    also: Also | None = None,
) -> Document:
    """Everybody may read the texts in these languages, or all there are, from now on. With its first text the paper
    itself is published.

    :raises DocumentChanged: if the paper has another version than the one seen.
    :raises DocumentRefused: if the paper is not accepted, or there is nothing to publish.
    """
    document = held(document, version)
    waiting = document.texts.filter(published_at=None, replaced_at=None)
    if languages is not None:
        waiting = waiting.filter(language__in=languages)
    texts = list(waiting.order_by("language"))
    if not texts:
        raise DocumentRefused(_("There is no text that waits to be published."))
    _publish(document, texts, at=at)
    if also:
        also(document)
    workflow.PUBLISH.record(
        document, by=by, at=at, data={"symbol": document.symbol, "languages": [text.language for text in texts]}
    )
    return document


@transaction.atomic
def remove_text(*, document: Document, language: str, version: int, by: User, at: datetime) -> Document:
    """Take out a text that was never published.

    :raises DocumentChanged: if the paper has another version than the one seen.
    :raises DocumentRefused: if there is none, or everybody has read it.
    """
    document = held(document, version)
    text = document.texts.filter(language=language, replaced_at=None).first()
    if text is None:
        raise DocumentRefused(_("The paper has no text in this language."))
    if text.published_at:
        raise DocumentRefused(_("This text is published. Put an edited one in its place, or take the paper back."))
    text.delete()
    document.version += 1
    document.save()
    register.append(action="core.document.remove_text", by=by, at=at, obj=document, data={"language": language})
    return document


def put_text(
    document: Document,
    before: DocumentText | None,
    *,
    language: str,
    title: str,
    stage: str,
    file: StoredFile,
    by: User | None,
    at: datetime,
) -> DocumentText:
    """The row of a text, in place of the one ``before`` it."""
    title = " ".join(plain(title).split()) or document.title
    if len(title) > LONGEST_TITLE:
        raise DocumentRefused(_("A title has at most %(limit)s characters.") % {"limit": LONGEST_TITLE})
    if before is not None:
        if before.file.sha256 == file.sha256 and before.stage == stage:
            raise DocumentRefused(_("This is the file that stands there in this language."))
        before.replaced_at = at
        before.save(update_fields=["replaced_at"])
    return DocumentText.objects.create(
        document=document, language=language, title=title, stage=stage, file=file, added_by=by, added_at=at
    )


def _refuse_text(document: Document, before: DocumentText | None, *, language: str, stage: str, publish: bool) -> None:
    if language not in dict(settings.LANGUAGES):
        raise DocumentRefused(_("Choose the language of the text."))
    if stage not in TextStage.values:
        raise DocumentRefused(_("Say whether it is an advance copy or the edited text."))
    if document.status in CLOSED:
        raise DocumentRefused(_("This paper is closed. It takes no more texts."))
    if publish and document.status == DocumentStatus.PROPOSED:
        raise DocumentRefused(_("Accept the paper first, then publish its texts."))
    if before is None:
        return
    if before.stage == TextStage.FINAL and stage == TextStage.ADVANCE:
        raise DocumentRefused(_("The edited text is here. An advance copy does not take its place."))
    if before.published_at and not publish:
        raise DocumentRefused(
            _("Everybody reads the text in this language. The new one takes its place when it is published with it.")
        )


def _publish(document: Document, texts: list[DocumentText], *, at: datetime) -> None:
    for text in texts:
        text = locked(text)
        text.published_at = at
        text.save(update_fields=["published_at"])
    document.published_at = document.published_at or at
    document.version += 1
    try:
        workflow.PUBLISH.apply(document)
    except TransitionRefused as refusal:
        raise DocumentRefused(str(refusal)) from refusal
