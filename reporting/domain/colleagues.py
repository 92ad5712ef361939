"""Lending a section of a draft to a colleague in another ministry, who sees that section and nothing else.

Whoever has an account with a second factor holds the loan at once. Everybody else is invited to an account
first (decision 0005: a link by mail, a code told on another way); until that is accepted the loan gives nothing.
Whatever the State does with the report, the order of locks is report, invitation, offer.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.domain import people
from ccm_portal.core.enums import Role
from ccm_portal.core.factors import own_factors
from ccm_portal.core.models import Invitation, User
from ccm_portal.core.workflow import locked
from reporting import emails_drafting as emails
from reporting.models import WRITE_LENT, DraftComment, FilingAsked, LoanOffer, Report, SectionDraft, SectionLoan
from reporting.rules import OPEN


class LendRefused(Exception):
    """It cannot be lent, or taken back, like this. The message is fit to show the person."""


@dataclass(frozen=True, kw_only=True)
class Lent:
    """What lending came to: a loan that holds, or an offer with its invitation. ``code`` is shown this once."""

    loan: SectionLoan | None = None
    offer: LoanOffer | None = None
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Borrower:
    """Who has a section, for pages: by a loan, or by an offer that waits or has lapsed."""

    kind: str
    pk: int
    name: str
    email: str
    since: datetime
    waits: bool = False
    lapsed: bool = False


@transaction.atomic
def lend(*, section: SectionDraft, email: str, name: str, language: str, message: str, by: User, at: datetime) -> Lent:
    """Lend the section to the person with this address. ``name`` and ``language`` are for a new account; an account
    that exists keeps its own. ``message`` is read in the portal and goes into no mail.

    :raises LendRefused: if the report is closed, the person has the section or the whole draft already, or the
        address is none to lend to.
    """
    report = _open_report(section)
    email = email.strip().lower()
    user = User.objects.filter(email=email).first()
    if user:
        _refuse_person(user, report, section)
    if user and own_factors(user):
        loan = _loan(section, user, message=message, by=by, at=at)
        emails.section_lent(loan, at=at)
        _record("lend", section, by=by, at=at, person=user.pk)
        return Lent(loan=loan)
    invitation, code = _invited(section, email, name, language, by=by, at=at)
    offer = LoanOffer.objects.create(section=section, invitation=invitation, lent_by=by, lent_at=at, message=message)
    _record("lend", section, by=by, at=at, invitation=invitation.pk)
    return Lent(offer=offer, code=code)


def _open_report(section: SectionDraft) -> Report:
    """The section's report, locked: filing waits, or was first."""
    report = locked(section.report)
    if not report.is_open:
        raise LendRefused(_("This report has been filed meanwhile. Nothing of it can be lent any more."))
    return report


def _refuse_person(user: User, report: Report, section: SectionDraft) -> None:
    if report.state_id in user.state_ids:
        raise LendRefused(_("This person acts for your State and sees the whole draft already."))
    # Why is nobody's business here: who has which account is not to be found out by trying addresses.
    if not user.is_active or user.state_ids or Role.ISO_STAFF in user.roles:
        raise LendRefused(_("A section cannot be lent to this address. Ask the ISO if you need help."))
    if SectionLoan.objects.filter(content_object=section, user=user).exists():
        raise LendRefused(_("This section is lent to this person already."))


def _invited(
    section: SectionDraft, email: str, name: str, language: str, *, by: User, at: datetime
) -> tuple[Invitation, str]:
    """The invitation behind which the loan waits: the one that is open from this State, or a new one with its code."""
    state = section.report.state
    mine = people.open_invitations(at=at).filter(email=email, role="", state=state)
    open_one = mine.select_for_update(of=("self",)).first()
    offered = LoanOffer.objects.filter(section=section, invitation__email=email)
    if open_one and offered.filter(invitation=open_one).exists():
        raise LendRefused(_("This section is lent to this person already; the invitation is not accepted yet."))
    offered.delete()
    if open_one:
        return open_one, ""
    try:
        return people.invite_account(by=by, at=at, email=email, name=name, language=language, state=state)
    except people.PeopleRefused as refusal:
        raise LendRefused(str(refusal)) from refusal


def _loan(section: SectionDraft, user: User, *, message: str, by: User, at: datetime) -> SectionLoan:
    right = Permission.objects.get(codename=WRITE_LENT, content_type__app_label="reporting")
    loan, _new = SectionLoan.objects.get_or_create(
        user=user, permission=right, content_object=section, defaults={"lent_by": by, "lent_at": at, "message": message}
    )
    return loan


def taken_up(invitation: Invitation, user: User, at: datetime) -> int:
    """Somebody accepted: what waited behind the invitation holds from now on.

    :returns: how many sections that are.
    """
    offers = LoanOffer.objects.select_related("section", "lent_by").filter(invitation=invitation)
    waiting = list(offers.select_for_update(of=("self",)).filter(section__in=SectionDraft.objects.filter(OPEN)))
    for offer in waiting:
        _loan(offer.section, user, message=offer.message, by=offer.lent_by, at=at)
    offers.delete()
    return len(waiting)


@transaction.atomic
def take_back(*, loan: SectionLoan | LoanOffer, by: User, at: datetime) -> None:
    """End a loan, or an offer of one, from the person's next request on. What they wrote stays.

    :raises LendRefused: if it has ended already.
    """
    section = loan.content_object if isinstance(loan, SectionLoan) else loan.section
    _open_report(section)
    if isinstance(loan, LoanOffer):
        invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=loan.invitation_id)
    ended, _rows = type(loan)._default_manager.filter(pk=loan.pk).delete()
    if not ended:
        raise LendRefused(_("This loan has ended already."))
    if isinstance(loan, LoanOffer) and not LoanOffer.objects.filter(invitation=invitation).exists():
        people.open_invitations(at=at).filter(pk=invitation.pk).update(withdrawn_at=at)
    if isinstance(loan, SectionLoan):
        emails.section_taken_back(loan, by=by, at=at)
    person = {"person": loan.user_id} if isinstance(loan, SectionLoan) else {"invitation": loan.invitation_id}
    _record("take_back", section, by=by, at=at, **person)


def close(report: Report, *, at: datetime) -> None:
    """The report is filed: every loan and every open offer ends, what colleagues said to each other is deleted, and
    nobody is asked any more.
    Called in the transaction of the filing, with the report locked."""
    offers = LoanOffer.objects.filter(section__report=report)
    invitations = Invitation.objects.filter(pk__in=offers.values("invitation"))
    locked_ones = [invitation.pk for invitation in invitations.select_for_update(of=("self",)).order_by("pk")]
    offers.delete()
    still = LoanOffer.objects.filter(invitation__in=locked_ones).values("invitation")
    people.open_invitations(at=at).filter(pk__in=locked_ones).exclude(pk__in=still).update(withdrawn_at=at)
    SectionLoan.objects.filter(content_object__report=report).delete()
    DraftComment.objects.filter(section__report=report).delete()
    FilingAsked.objects.filter(report=report).delete()


def borrowers(report: Report, *, at: datetime) -> dict[str, list[Borrower]]:
    """Section by section (its key), who has it. Two queries, however many there are."""
    found: dict[str, list[Borrower]] = defaultdict(list)
    loans = SectionLoan.objects.select_related("user", "content_object").filter(content_object__report=report)
    for loan in loans.order_by("lent_at", "pk"):
        found[loan.content_object.key].append(
            Borrower(kind="loan", pk=loan.pk, name=str(loan.user), email=loan.user.email, since=loan.lent_at or at)
        )
    offers = LoanOffer.objects.select_related("invitation", "section").filter(section__report=report)
    for offer in offers.order_by("lent_at", "pk"):
        waits = people.is_open(offer.invitation, at=at)
        found[offer.section.key].append(
            Borrower(
                kind="offer",
                pk=offer.pk,
                name=offer.invitation.name,
                email=offer.invitation.email,
                since=offer.lent_at,
                waits=waits,
                lapsed=not waits,
            )
        )
    return dict(found)


def _record(act: str, section: SectionDraft, *, by: User, at: datetime, **person: int) -> None:
    """The act, in the register: whom by number, no name and no address, and nothing of the section."""
    register.append(
        action=f"reporting.section.{act}",
        by=by,
        at=at,
        state=section.report.state,
        obj=section,
        data={"report": section.report.slug, "section": section.key, **person},
    )
