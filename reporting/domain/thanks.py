"""The ISO thanks a State for what it filed: once a version."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import plain
from reporting import emails_afterwards
from reporting.enums import ReportStatus
from reporting.models import ReportThanks, ReportVersion
from reporting.rules import approvers_of


class ThanksRefused(Exception):
    """It cannot be thanked for now. The message is fit to show the user."""


def proposed_text(version: ReportVersion) -> str:
    """What the office may send as it stands, in the language of the report."""
    report = version.report
    with translation.override(report.language):
        return _(
            "Dear colleagues,\n\n"
            "Thank you for “%(title)s” of %(state)s under Article 7 of the Convention on Cluster Munitions."
            " It is public, and every State can read what you have done and what remains.\n\n"
            "Should anything have to be put right, you can file a correction at any time; we are glad to help.\n\n"
            "Implementation Support Office"
        ) % {"title": report.title, "state": report.state.name}


@transaction.atomic
def thank(*, version: ReportVersion, text: str, by: User, at: datetime) -> ReportThanks:
    """Thank the State for this version, and write to who filed it and to its approvers.

    :raises ThanksRefused: if the State was thanked for it, has filed a newer version or recalled it,
        or if nothing is said.
    """
    report = locked(version.report)
    if report.status != ReportStatus.FILED:
        raise ThanksRefused(_("The State has recalled this report."))
    text = plain(text)
    if not text:
        raise ThanksRefused(_("Write what you thank for."))
    if report.versions.filter(number__gt=version.number).exists():
        raise ThanksRefused(_("The State has filed a newer version since. Read it, then thank for that one."))
    if ReportThanks.objects.filter(version=version).exists():
        raise ThanksRefused(_("The State has been thanked for this version."))
    thanks = ReportThanks.objects.create(version=version, text=text, given_by=by, given_at=at)
    people = {person.pk: person for person in approvers_of(report.state, on=at.date())}
    filer = version.filed_by
    if filer and report.state_id in filer.state_ids:
        people[filer.pk] = filer
    emails_afterwards.thanked(thanks, to=people.values(), at=at)
    register.append(
        action="reporting.report.thank",
        by=by,
        at=at,
        state=report.state,
        obj=report,
        data={"receipt": version.receipt_number},
    )
    return thanks
