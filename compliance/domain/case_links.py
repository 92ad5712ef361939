"""Related matters joined: by somebody named in both, and seen by who is named in both."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from committees.domain.said import said
from compliance.domain.case_acts import CaseRefused, case_act, held, noted
from compliance.models import CaseLink, ComplianceCase
from compliance.rules import team_cases


def related(case: ComplianceCase, user: User) -> list[CaseLink]:
    """The links of a case to others in whose teams this person is too; ``beside`` is the other case."""
    mine = team_cases(user)
    links = CaseLink.objects.filter(Q(case=case, other__in=mine) | Q(other=case, case__in=mine))
    found = list(links.select_related("case__state", "other__state").order_by("pk"))
    for link in found:
        link.beside = link.other if link.case_id == case.pk else link.case  # type: ignore[attr-defined]
    return found


@case_act
def join(*, case: ComplianceCase, other: ComplianceCase, note: str, by: User, at: datetime) -> CaseLink:
    """Join two matters; the act stands on both chains, on each without the other's name.

    :raises ComplianceCase.DoesNotExist: if the person is not named in both.
    :raises WorkRefused: if they are joined already, or one and the same.
    """
    first, second = sorted((case, other), key=lambda one: one.pk)
    first, second = held(first, "compliance.write_case", by=by), held(second, "compliance.write_case", by=by)
    if first == second or CaseLink.objects.filter(case=first, other=second).exists():
        raise CaseRefused(_("These matters are joined already."))
    link = CaseLink.objects.create(case=first, other=second, note=said(note, longest=300))
    for one in (first, second):
        noted(one, "join", by=by, at=at)
    return link


@case_act
def part(*, case: ComplianceCase, link: CaseLink, by: User, at: datetime) -> None:
    """They do not belong together after all.

    :raises WorkRefused: if they are not joined any more.
    """
    first = held(link.case, "compliance.write_case", by=by)
    second = held(link.other, "compliance.write_case", by=by)
    gone, _rows = CaseLink.objects.filter(pk=link.pk).delete()
    if not gone or case not in (first, second):
        raise CaseRefused(_("This had ended already."))
    for one in (first, second):
        noted(one, "part", by=by, at=at)
