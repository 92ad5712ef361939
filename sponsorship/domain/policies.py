"""Versions of the rules of sponsorship. Once a call was opened under one, it stays as it is; a new one copies it.

A version that is adopted is public, before any call is opened under it; one that is not is the officers' alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from committees.domain.said import WorkRefused, refuse_stale, said
from sponsorship.enums import RuleEffect, RuleKey
from sponsorship.models import Policy, PolicyRule

LONGEST_LINE = 200
# Rules that look over a time: the greatest number, in months for a near deadline and in years for the others.
SPANS = {
    RuleKey.DEADLINE_NEAR: 120,
    RuleKey.LEAST_DEVELOPED: 10,
    RuleKey.PAST_SPONSORSHIP: 10,
    RuleKey.DONOR: 10,
}
MOST_POINTS = 100


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule as it was written."""

    key: str
    effect: str
    points: int = 0
    span: int | None = None


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a version of the policy says."""

    title: str
    text: str = ""
    adopted_on: date | None = None
    source: str = ""
    rules: tuple[Rule, ...] = ()


@transaction.atomic
def begin(*, copy_of: Policy | None, by: User, at: datetime) -> Policy:
    """A new version, not adopted yet: the rules and the text of ``copy_of``, or nothing.

    :raises WorkRefused: if somebody else begins one in the same moment.
    """
    last = Policy.objects.order_by("-number").values_list("number", flat=True).first() or 0
    title = copy_of.title if copy_of else _("Rules of sponsorship")
    try:
        with transaction.atomic():
            made = Policy.objects.create(
                number=last + 1, title=title, text=copy_of.text if copy_of else "", written_by=by, written_at=at
            )
    except IntegrityError as error:
        raise WorkRefused(_("Somebody else has begun this version just now. Open the list again.")) from error
    if copy_of:
        for rule in copy_of.rules.order_by("position", "pk"):
            made.rules.create(
                key=rule.key, effect=rule.effect, points=rule.points, span=rule.span, position=rule.position
            )
    _noted("begin", made, by=by, at=at, number=made.number, copy_of=copy_of.number if copy_of else None)
    return made


@transaction.atomic
def write(*, policy: Policy, written: Written, version: int, by: User, at: datetime) -> Policy:
    """What this version says from now on. Its rules stand in the order in which they are given.

    :raises WorkChanged: if somebody else has written since.
    :raises WorkRefused: if a call was opened under it, or something is missing or too much.
    """
    policy = locked_policy(policy)
    refuse_stale(policy, version)
    if is_frozen(policy):
        raise WorkRefused(_("A call was opened under this version: it stays as it is. Begin a new version."))
    if written.adopted_on and written.adopted_on > at.date():
        raise WorkRefused(_("This day is still to come."))
    rules = list(_checked(written.rules))
    policy.title = said(written.title, longest=LONGEST_LINE, empty=_("Give it a title."))
    policy.text = said(written.text)
    policy.adopted_on = written.adopted_on
    policy.source = said(written.source, longest=300)
    policy.written_by, policy.written_at = by, at
    policy.version += 1
    policy.save()
    policy.rules.all().delete()
    PolicyRule.objects.bulk_create(
        PolicyRule(
            policy=policy, key=rule.key, effect=rule.effect, points=rule.points, span=rule.span, position=position
        )
        for position, rule in enumerate(rules)
    )
    told = [f"{rule.key} {rule.effect} {rule.points} {rule.span or ''}".strip() for rule in rules]
    adopted = policy.adopted_on.isoformat() if policy.adopted_on else None
    _noted("write", policy, by=by, at=at, number=policy.number, rules=told, adopted_on=adopted)
    return policy


def locked_policy(policy: Policy) -> Policy:
    """As it stands, nobody else's until the transaction ends: no call is opened under it meanwhile."""
    return Policy.objects.select_for_update(of=("self",)).get(pk=policy.pk)


def is_frozen(policy: Policy) -> bool:
    """Whether a call was opened under it."""
    return policy.rounds.filter(opened_at__isnull=False).exists()


def _checked(rules: Iterable[Rule]) -> Iterable[Rule]:
    known: set[str] = set()
    for rule in rules:
        if rule.key not in RuleKey.values or rule.effect not in RuleEffect.values or rule.key in known:
            raise WorkRefused(_("There is no such rule, or it stands there twice."))
        known.add(rule.key)
        limit = SPANS.get(RuleKey(rule.key), 0)
        if rule.span is not None and not 0 < rule.span <= limit:
            raise WorkRefused(
                _("“%(rule)s” looks over 1 to %(limit)s months or years.")
                % {"rule": RuleKey(rule.key).label, "limit": limit}
                if limit
                else _("“%(rule)s” looks over no time.") % {"rule": RuleKey(rule.key).label}
            )
        if not 0 <= rule.points <= MOST_POINTS:
            raise WorkRefused(_("Give 0 to %(limit)s points.") % {"limit": MOST_POINTS})
        yield rule


def _noted(act: str, policy: Policy, *, by: User, at: datetime, **data: object) -> None:
    """The act in the register: the transaction's last statement."""
    register.append(action=f"sponsorship.policy.{act}", by=by, at=at, obj=policy, data=data)
