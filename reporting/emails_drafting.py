"""What colleagues hear while a report is written. No mail says anything of a draft: it leads to the portal."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox
from ccm_portal.core.models import OutgoingMessage, User
from reporting.form.editions import edition as edition_of
from reporting.models import FilingAsked, SectionDraft, SectionLoan

LENT = "reporting.section_lent"
TAKEN_BACK = "reporting.section_taken_back"
ASKED = "reporting.approval_asked"


def register() -> None:
    """Make these messages known to the outbox."""
    for name, label, template, context in (
        (LENT, _("A section is lent to a colleague"), "section_lent", _of_loan),
        (TAKEN_BACK, _("A section lent to a colleague is taken back"), "section_taken_back", _of_ended_loan),
        (ASKED, _("A drafter asks for a report to be filed"), "approval_asked", _of_asking),
    ):
        outbox.register_kind(
            outbox.MessageKind(name=name, label=label, template=f"reporting/emails/{template}.txt", context=context)
        )


def section_lent(loan: SectionLoan, *, at: datetime) -> bool:
    """Owe the colleague the news, in their language."""
    return outbox.owe(kind=LENT, key=f"{LENT}:{loan.pk}", to=loan.user, at=at, ids={"loan": loan.pk})


def _of_loan(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    """Withdrawn once the loan has ended."""
    loan = SectionLoan.objects.select_related("content_object__report__state").filter(pk=message.ids["loan"]).first()
    if loan is None or not loan.content_object.report.is_open:
        return None
    report = loan.content_object.report
    return {"report": report, "state": report.state, "url": settings.SITE_ADDRESS + reverse("reporting:lent-sections")}


def section_taken_back(loan: SectionLoan, *, by: User, at: datetime) -> bool:
    """Owe the colleague the news that the loan has ended, in their language."""
    ids = {"section": loan.content_object_id, "by": by.pk}
    return outbox.owe(kind=TAKEN_BACK, key=f"{TAKEN_BACK}:{loan.pk}", to=loan.user, at=at, ids=ids)


def _of_ended_loan(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    """Withdrawn if the section was lent to them anew meanwhile, or is there no more."""
    section = SectionDraft.objects.select_related("report__state").filter(pk=message.ids["section"]).first()
    by = User.objects.filter(pk=message.ids["by"]).first()
    if section is None or by is None or SectionLoan.objects.filter(content_object=section, user=message.user).exists():
        return None
    report = section.report
    title = edition_of(report.edition).section(section.key).title
    return {"report": report, "state": report.state, "section": title, "by": by}


def approval_asked(asked: FilingAsked, *, to: User, at: datetime) -> bool:
    """Owe one approver the request, once for the draft as it stands."""
    key = f"{ASKED}:{asked.report_id}:{asked.revision}:{to.pk}"
    return outbox.owe(kind=ASKED, key=key, to=to, at=at, ids={"report": asked.report_id, "revision": asked.revision})


def _of_asking(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    """Withdrawn if the draft was filed or changed meanwhile, or whoever is asked cannot file it any more."""
    asked = (
        FilingAsked.objects.select_related("report__state", "asked_by")
        .filter(report=message.ids["report"], revision=message.ids["revision"])
        .first()
    )
    if asked is None or message.user is None or not asked.stands:
        return None
    report = asked.report
    if report.state_id not in message.user.approving_state_ids:
        return None
    address = reverse("reporting:draft-file", args=[report.state.slug, report.slug])
    return {"report": report, "state": report.state, "asked": asked, "url": settings.SITE_ADDRESS + address}
