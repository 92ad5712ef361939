"""The President's report is issued: agreed words alone, as a paper of the meeting, for everybody."""

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from ccm_portal.core import files
from ccm_portal.core.domain.document_texts import NewText
from ccm_portal.core.domain.documents import Issuer
from ccm_portal.core.enums import DocumentKind, TextStage
from ccm_portal.core.models import User
from ccm_portal.core.pdf import order
from ccm_portal.core.pdf.texts import Text, printable
from ccm_portal.core.permissions import require
from compliance import fence
from compliance import workflow_account as workflow
from compliance.domain.case_acts import CaseRefused, case_act
from compliance.domain.president_report import held_account, noted, refuse_restricted
from compliance.domain.report_second import refuse_unled, standing, texts_of
from compliance.enums import PassageStatus
from compliance.models import IssuedReport, PresidentReport
from meetings.domain import papers
from meetings.domain.agenda_publishing import canonical


def content_of(account: PresidentReport, *, language: str, at: datetime) -> dict[str, Any]:
    """What everybody will read: words alone. No case, no entry, no person is named by a number or a name."""
    sections: list[dict[str, Any]] = []
    before = None
    for passage in standing(account):
        if not sections or passage.case_id != before or passage.heading != sections[-1]["heading"]:
            sections.append({"heading": passage.heading, "passages": []})
        sections[-1]["passages"].append(passage.words)
        before = passage.case_id
    return {
        "meeting": account.meeting.key,
        "language": language,
        "title": title_in(language),
        "opening": account.opening,
        "sections": sections,
        "closing": account.closing,
        "issued_at": at.isoformat(),
    }


def title_in(language: str) -> str:
    with translation.override(language):
        return _("Report of the President on compliance")


def issue(
    *,
    account: PresidentReport,
    language: str,
    symbol: str,
    code: int | None = None,
    version: int,
    by: User,
    at: datetime,
    is_demonstration: bool,
) -> IssuedReport:
    """Issue it: the paper with its symbol and its PDF, and the page that everybody reads. It cannot be taken back.

    :raises PermissionDenied: to anybody but the President who leads it.
    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if a passage is not agreed to, holds a restricted word, or is of somebody else's case.
    :raises TransitionRefused: if the second reader has not agreed.
    :raises SymbolRefused, DocumentRefused: if the paper cannot have this symbol.
    :raises NotRendered: if the PDF could not be made.
    """
    with fence.reading_as(by):
        require(by, workflow.LEAD, account)
        workflow.ISSUE.check(account)
        content = content_of(account, language=language, at=at)
    # The PDF takes seconds, so it is made before anything is locked; the version says whether the words still stand.
    pdf = _pdf(account, content, symbol=symbol, at=at, is_demonstration=is_demonstration)
    return _issue(account=account, content=content, pdf=pdf, symbol=symbol, code=code, version=version, by=by, at=at)


@case_act
def _issue(
    *,
    account: PresidentReport,
    content: dict[str, Any],
    pdf: bytes,
    symbol: str,
    code: int | None,
    version: int,
    by: User,
    at: datetime,
) -> IssuedReport:
    account = held_account(account, version, workflow.LEAD, by=by)
    require(by, "compliance.open_case", None)
    passages = standing(account)
    if any(one.status != PassageStatus.AGREED for one in passages):
        raise CaseRefused(_("Agree to each passage, or leave it out, before somebody else looks at them."))
    refuse_unled(passages, by)
    refuse_restricted(texts_of(account, passages), by)
    if content_of(account, language=content["language"], at=at) != content:
        raise CaseRefused(_("The words changed while the PDF was made. Issue it again."))
    account.issued_at = at
    account.version += 1
    workflow.ISSUE.apply(account)
    title = content["title"]
    with translation.override(content["language"]):
        issuer = Issuer(name=_("President"))
    text = NewText(
        language=content["language"],
        title=title,
        name=file_name(account),
        content=pdf,
        stage=TextStage.FINAL,
    )
    document = papers.enter(
        meeting=account.meeting,
        codes=() if code is None else (code,),
        title=title,
        kind=DocumentKind.OTHER,
        language=content["language"],
        symbol=symbol,
        issuers=[issuer],
        texts=[text],
        by=by,
        at=at,
    )
    document = papers.publish(document=document, version=document.version, by=by, at=at)
    words = canonical(content)
    issued = IssuedReport.objects.create(
        meeting=account.meeting,
        document=document,
        content=words,
        content_hash=files.digest(words.encode()),
        issued_at=at,
    )
    noted(account, "issue", by=by, at=at, content_hash=issued.content_hash)
    return issued


def file_name(account: PresidentReport) -> str:
    """``14msp-president-report.pdf``"""
    return f"{account.meeting.key}-president-report.pdf"


def _pdf(
    account: PresidentReport, content: dict[str, Any], *, symbol: str, at: datetime, is_demonstration: bool
) -> bytes:
    language = content["language"]
    meeting = account.meeting
    with translation.override(language):
        page = order.Page(
            language=language,
            title=content["title"],
            author=_("President"),
            at=at.isoformat(),
            head_start=meeting.name,
            head_end=symbol,
            foot=meeting.short_name,
            is_demonstration=is_demonstration,
        )
        context = {
            "title": content["title"],
            "meeting": meeting.name,
            "symbol": symbol,
            "opening": Text(content["opening"]),
            "closing": Text(content["closing"]),
            "sections": [
                {"heading": printable(one["heading"]), "passages": [Text(words) for words in one["passages"]]}
                for one in content["sections"]
            ],
        }
    identifier = f"{meeting.key} president report {canonical(content)}"
    return order.pdf("compliance/pdf/president_report.html", context, page=page, identifier=identifier)
