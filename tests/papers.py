"""Papers for tests: valid and boring; the test says what is special."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from ccm_portal.core.domain import document_texts, documents
from ccm_portal.core.domain.documents import Issuer
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Document, DocumentText, Organisation, User
from tests import factories

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
PDF = b"%PDF-1.7\n% a paper\n"


def docx(word: str = "A paper") -> bytes:
    """As much of a Word file as the portal looks at."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", f"<w:document>{word}</w:document>")
    return made.getvalue()


def issuer(who: str) -> Issuer:
    """A State by its three letters, else an organisation by its key."""
    if len(who) == 3 and who.isupper():
        return Issuer(state=factories.state(who))
    return Issuer(organisation=Organisation.objects.get(key=who))


def office() -> User:
    """Somebody of the ISO."""
    return factories.person(Role.ISO_STAFF, "iso")


def proposed(*, by: User | None = None, issuers: tuple[str, ...] = ("NOR",), **fields: Any) -> Document:
    """A working paper that Norway has proposed."""
    given: dict[str, Any] = {"title": "Clearance in steep terrain", "kind": "working_paper", "language": "en"}
    by = by or factories.person(Role.DRAFTER, issuers[0])
    return documents.propose(**(given | {"by": by, "at": AT, "issuers": [issuer(who) for who in issuers]} | fields))


def entered(symbol: str = "CCM/MSP/2027/1", *, by: User | None = None, **fields: Any) -> Document:
    """A paper of the ISO, accepted, without a text."""
    given: dict[str, Any] = {"title": "Provisional agenda", "kind": "agenda", "language": "en"}
    issuers = [Issuer(name="Implementation Support Office")]
    return documents.enter(**(given | {"symbol": symbol, "by": by or office(), "at": AT, "issuers": issuers} | fields))


def text(document: Document, language: str = "en", *, stage: str = "final", **fields: Any) -> DocumentText:
    """A text of it, published at once if ``publish`` says so."""
    document.refresh_from_db()
    given: dict[str, Any] = {
        "title": "",
        "content": PDF + language.encode() + stage.encode(),
        "name": f"{language}.pdf",
        "by": None,
        "at": AT,
        "version": document.version,
    }
    return document_texts.add_text(document=document, language=language, stage=stage, **(given | fields))


def published(symbol: str = "CCM/MSP/2027/1", *languages: str, stage: str = "final", **fields: Any) -> Document:
    """A paper that everybody reads, in English unless told otherwise."""
    document = entered(symbol, **fields)
    for language in languages or ("en",):
        text(document, language, stage=stage, publish=True)
    document.refresh_from_db()
    return document
