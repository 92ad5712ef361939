"""A file that is put with its paper by its name."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ccm_portal.core.domain import document_texts
from ccm_portal.core.domain.documents import DocumentRefused
from ccm_portal.core.enums import DocumentStatus
from ccm_portal.core.models import Document, User
from meetings.domain import paper_names
from meetings.domain.paper_reading import LANGUAGE_WORDS
from meetings.domain.papers import refuse_unpublishable

OPEN = (DocumentStatus.PROPOSED, DocumentStatus.ACCEPTED, DocumentStatus.PUBLISHED)


@dataclass(frozen=True)
class Result:
    """What became of a file, in words."""

    taken: bool
    words: str


def take(
    *, among: QuerySet[Document], name: str, content: bytes, stage: str, publish: bool, by: User, at: datetime
) -> Result:
    """Add the file as a text of the paper that its name says, in the language that its name says.

    :raises DocumentRefused: if no paper or language is named, or the text cannot come there.
    :raises FileRefused: if the file cannot be taken.
    """
    symbols = dict(among.filter(status__in=OPEN).exclude(symbol="").values_list("symbol", "pk"))
    symbol = paper_names.symbol_of(name, symbols)
    if symbol is None:
        raise DocumentRefused(_("The name holds no symbol of a paper of this meeting."))
    language = paper_names.language_of(name)
    if language is None:
        raise DocumentRefused(
            _("The name does not say the language. Let it end with one: -en, -fr, -ar, -es, -ru or -zh.")
        )
    document = among.get(pk=symbols[symbol])
    if publish:
        refuse_unpublishable(document)
    document_texts.add_text(
        document=document,
        language=language,
        title="",
        stage=stage,
        content=content,
        name=name,
        version=document.version,
        by=by,
        at=at,
        publish=publish,
    )
    return Result(taken=True, words=f"{symbol} · {LANGUAGE_WORDS[language]}")
