"""Who may see and do what with papers. Each object rule has its queryset beside it.

core.view_document       a published paper: everybody; before: the ISO, delegates of a State and people of an
                         organisation that issues it, whoever proposed it and still acts for its issuer, and whom
                         ``document_readers`` names
core.propose_document    delegates of a State, observers, leaders of committees, the President, the ISO
core.withdraw_document   whoever proposed it and still acts for its issuer, and the delegation of the first who issues
                         it; only before it is published
core.manage_document     accept, refuse, texts, publishing: the ISO
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core import document_readers
from ccm_portal.core.enums import STATE_ROLES, DocumentStatus, Role
from ccm_portal.core.models import Document, DocumentIssuer, DocumentText, User
from ccm_portal.core.permissions import is_iso_staff

PUBLISHED = Q(status=DocumentStatus.PUBLISHED)
# Those that were published and taken back: that, when and why are known; their texts are not given out.
KNOWN = PUBLISHED | Q(status=DocumentStatus.WITHDRAWN, published_at__isnull=False)
PRESIDENT = "The President"  # as which a President issues papers
PROPOSING_ROLES = STATE_ROLES | {Role.OBSERVER, Role.COMMITTEE_LEADER, Role.PRESIDENT, Role.ISO_STAFF}


def organisation_ids(user: User) -> set[int]:
    """The organisations for which this person takes part as an observer."""
    return {m.organisation_id for m in user.memberships_now if m.organisation_id and m.role == Role.OBSERVER}


def issued_by_own(user: User) -> Q:
    """Papers that one's States or organisations issue."""
    own = DocumentIssuer.objects.filter(Q(state__in=user.state_ids) | Q(organisation__in=organisation_ids(user)))
    return Q(pk__in=own.order_by().values("document"))


def proposed_by_own(user: User) -> Q:
    """What this person proposed, as long as they act for who issues it: the State or organisation keeps the work when
    the person goes, and so does the office. The ISO enters papers for others and reads them all."""
    if is_iso_staff(user, None):
        return Q(proposed_by=user)
    offices = document_readers.offices_of(user) | ({PRESIDENT} if Role.PRESIDENT in user.roles else set())
    for_a_state = user.states_as(STATE_ROLES | {Role.COMMITTEE_LEADER, Role.PRESIDENT})
    still = DocumentIssuer.objects.filter(
        Q(state__in=for_a_state) | Q(organisation__in=organisation_ids(user)) | Q(name__in=offices)
    )
    return Q(proposed_by=user, pk__in=still.order_by().values("document"))


def _reads_before(user: Any) -> Q | None:
    """The papers that this person reads before they are published; ``None`` stands for all."""
    if not isinstance(user, User) or not user.is_active:
        return Q(pk__in=())
    if is_iso_staff(user, None):
        return None
    return proposed_by_own(user) | issued_by_own(user) | document_readers.read_by(user)


@rules.predicate
def is_published(user: Any, document: Any) -> bool:
    """Everybody may know of it."""
    if document is None:
        return False
    known = document.status == DocumentStatus.WITHDRAWN and document.published_at is not None
    return known or document.status == DocumentStatus.PUBLISHED


@rules.predicate
def reads_before(user: Any, document: Any) -> bool:
    """Reads it before it is published."""
    return document is not None and unpublished_documents(user).filter(pk=document.pk).exists()


@rules.predicate
def has_a_voice(user: Any, obj: object = None) -> bool:
    """Has a role in which papers are proposed."""
    return isinstance(user, User) and bool(user.roles & PROPOSING_ROLES)


@rules.predicate
def stands_behind(user: Any, document: Any) -> bool:
    """Proposed it, or acts for the first who issues it."""
    if document is None or not isinstance(user, User) or not user.is_active:
        return False
    if document.proposed_by_id == user.pk and Document.objects.filter(proposed_by_own(user), pk=document.pk).exists():
        return True
    first = document.issuers.order_by("position", "pk").first()
    return first is not None and (first.state_id in user.state_ids or first.organisation_id in organisation_ids(user))


@rules.predicate
def is_still_open(user: Any, document: Any) -> bool:
    """Not published yet."""
    return document is not None and document.published_at is None


rules.add_perm("core.view_document", is_published | is_iso_staff | reads_before)
rules.add_perm("core.propose_document", has_a_voice)
rules.add_perm("core.withdraw_document", is_still_open & (stands_behind | is_iso_staff))
rules.add_perm("core.manage_document", is_iso_staff)


def public_documents() -> QuerySet[Document]:
    """What everybody may read: for public pages, feeds and search."""
    return Document.objects.filter(PUBLISHED)


def known_documents() -> QuerySet[Document]:
    """The same and those that were taken back after they were published: a page of their own says so."""
    return Document.objects.filter(KNOWN)


def unpublished_documents(user: Any) -> QuerySet[Document]:
    """All that this person reads also before it is published, in any status."""
    condition = _reads_before(user)
    return Document.objects.all() if condition is None else Document.objects.filter(condition)


def visible_documents(user: Any) -> QuerySet[Document]:
    """The set form of ``core.view_document``."""
    condition = _reads_before(user)
    return Document.objects.all() if condition is None else Document.objects.filter(KNOWN | condition)


def own_documents(user: Any) -> QuerySet[Document]:
    """What a person proposed, and what their States and organisations issue."""
    if not isinstance(user, User) or not user.is_active:
        return Document.objects.none()
    return Document.objects.filter(proposed_by_own(user) | issued_by_own(user))


def office_documents(user: Any) -> QuerySet[Document]:
    """The set form of ``core.manage_document``."""
    return Document.objects.all() if is_iso_staff(user, None) else Document.objects.none()


def public_texts() -> QuerySet[DocumentText]:
    """The texts that everybody may read: of published papers, the one that stands in each language."""
    return DocumentText.objects.filter(
        document__status=DocumentStatus.PUBLISHED, published_at__isnull=False, replaced_at=None
    )


def visible_texts(user: Any) -> QuerySet[DocumentText]:
    """``public_texts``, and every text of ``unpublished_documents``, those that were replaced too."""
    condition = _reads_before(user)
    if condition is None:
        return DocumentText.objects.all()
    published = Q(document__status=DocumentStatus.PUBLISHED, published_at__isnull=False, replaced_at=None)
    own = Q(document__in=Document.objects.filter(condition).order_by().values("pk"))
    return DocumentText.objects.filter(published | own)
