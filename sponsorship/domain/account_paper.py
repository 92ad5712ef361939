"""The report to a meeting as one of its papers, under the next free symbol."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ccm_portal.core.domain.document_texts import NewText
from ccm_portal.core.domain.documents import Issuer
from ccm_portal.core.enums import DocumentKind, TextStage
from ccm_portal.core.models import Document, User
from ccm_portal.core.permissions import require
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkRefused
from meetings.domain import papers
from sponsorship.domain import account_files
from sponsorship.models import IssuedAccount
from sponsorship.workflow_settlement import SETTLES


def paper_of(issued: IssuedAccount) -> Document | None:
    """The paper that this report became, found by the name of its file."""
    found = Document.objects.filter(meetings__meeting=issued.round.meeting, texts__file__name__in=_names(issued))
    return found.order_by("pk").first()


def enter(*, issued: IssuedAccount, language: str, by: User, at: datetime, is_demonstration: bool) -> Document:
    """Enter it, and publish it at once.

    :raises PermissionDenied: to anybody but a sponsorship officer.
    :raises WorkRefused: if it is a paper already, or a report to a donor.
    :raises SymbolRefused, DocumentRefused: as for entering any paper.
    :raises NotRendered: if the PDF could not be made.
    """
    require(by, SETTLES, None)
    if issued.contribution_id is not None:
        raise WorkRefused(_("A report to a donor is no paper of the meeting."))
    content = account_files.pdf(issued, language, is_demonstration=is_demonstration)
    with translation.override(language):
        title = f"{_('Report on sponsorship')} ({_('Number %(number)s') % {'number': issued.number}})"
        office = _("Implementation Support Office")
    name = account_files.file_name(issued, language, "pdf")
    with transaction.atomic():
        locked(issued.round)
        if paper_of(issued):
            raise WorkRefused(_("It is a paper of the meeting already."))
        meeting = issued.round.meeting
        text = NewText(language=language, title=title, name=name, content=content, stage=TextStage.FINAL)
        paper = papers.enter(
            meeting=meeting,
            codes=(),
            title=title,
            kind=DocumentKind.OTHER,
            language=language,
            symbol=papers.free_symbol(meeting, DocumentKind.OTHER),
            issuers=[Issuer(name=office)],
            texts=[text],
            by=by,
            at=at,
        )
        return papers.publish(document=paper, version=paper.version, by=by, at=at)


def _names(issued: IssuedAccount) -> list[str]:
    return [account_files.file_name(issued, code, "pdf") for code, _name in settings.LANGUAGES]
