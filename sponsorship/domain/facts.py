"""Facts about States that no treaty record holds, as officers note and correct them."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import State, User
from committees.domain.said import WorkRefused, refuse_stale, said
from sponsorship.domain.reference_facts import came_with
from sponsorship.enums import FactKind
from sponsorship.models import StateFact

SURE = ("high", "medium", "low")


@transaction.atomic
def note(
    *,
    state: State,
    kind: str,
    since: date | None,
    until: date | None,
    source: str,
    confidence: str,
    version: int,
    by: User,
    at: datetime,
) -> StateFact:
    """That something is so of a State, from when until when, and who says so.

    :param version: of the row that was seen; 0 where there was none.
    :raises WorkChanged: if somebody else has written it since.
    :raises WorkRefused: if no source is named, or it ends before it begins.
    """
    # The State's row: two officers who note the first fact of one kind wait for each other.
    state = State.objects.select_for_update(of=("self",), no_key=True).get(pk=state.pk)
    if kind not in FactKind.values or confidence not in SURE:
        raise WorkRefused(_("There is no such fact."))
    if since and until and until <= since:
        raise WorkRefused(_("It ends after it begins."))
    fact = StateFact.objects.filter(state=state, kind=kind).first() or StateFact(state=state, kind=kind, version=0)
    refuse_stale(fact, version)
    fact.since, fact.until, fact.confidence = since, until, confidence
    fact.source = said(source, longest=300, empty=_("Name the source."))
    fact.noted_at = at
    fact.version += 1
    fact.save()
    told = {"since": since.isoformat() if since else None, "until": until.isoformat() if until else None}
    _noted("note", fact, by=by, at=at, **told, source=fact.source)
    return fact


@transaction.atomic
def take_away(*, fact: StateFact, version: int, by: User, at: datetime) -> None:
    """A fact that was noted by mistake. One that came with the portal is ended instead: it would come again.

    :raises WorkChanged: if somebody else has written it since.
    :raises WorkRefused: if it came with the portal, or is gone.
    """
    row = StateFact.objects.select_for_update(of=("self",)).select_related("state").filter(pk=fact.pk).first()
    if row is None:
        raise WorkRefused(_("This had ended already."))
    refuse_stale(row, version)
    if (row.state.iso3, row.kind) in came_with():
        raise WorkRefused(_("This came with the portal. Write the day from which it is no longer so."))
    row.delete()
    _noted("take_away", row, by=by, at=at)


def _noted(act: str, fact: StateFact, *, by: User, at: datetime, **data: object) -> None:
    """The act in the register: the transaction's last statement."""
    register.append(
        action=f"sponsorship.statefact.{act}", by=by, at=at, state=fact.state, data={"kind": str(fact.kind)} | data
    )
