"""Who may see and do what with positions on interpretation. Each object rule has its queryset beside it.

    compliance.keep_positions    note, correct, take in, refuse, take out: the ISO
    compliance.state_position    a State, or a position of it: state, replace, withdraw: approvers, heads of delegation
    compliance.propose_position  propose one with its source: observers
    compliance.follow_positions  open one's own pages of positions: delegates of a State, observers

A published position is public as long as its source is: a report that was recalled, or of which a later version keeps
parts for States Parties, and a statement that was withdrawn, take what was noted from them out of every list.
"""

from typing import Any

import rules
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from ccm_portal.core.enums import Role
from ccm_portal.core.models import State, User
from ccm_portal.core.permissions import approves_for_state, is_iso_staff
from compliance.enums import PositionStatus
from compliance.models import Position
from meetings.models import Statement
from meetings.rules_room import public_statements
from reporting.models import ReportVersion
from reporting.rules import published_versions

ENDED = (PositionStatus.PUBLISHED, PositionStatus.WITHDRAWN)


@rules.predicate
def observes(user: Any, obj: object = None) -> bool:
    return isinstance(user, User) and user.is_active and Role.OBSERVER in user.roles


@rules.predicate
def acts_for_any_state(user: Any, obj: object = None) -> bool:
    return isinstance(user, User) and user.is_active and bool(user.state_ids)


rules.add_perm("compliance.keep_positions", is_iso_staff)
rules.add_perm("compliance.state_position", approves_for_state)
rules.add_perm("compliance.propose_position", observes)
rules.add_perm("compliance.follow_positions", observes | acts_for_any_state)


def _positions() -> QuerySet[Position]:
    """With all that a page says of each: one query, whatever their number. The texts of reports are left alone."""
    heavy = ("content", "public_content", "salts", "receipt")
    related = (
        "state", "topic", "meeting", "replaced_by", "report__report__state", "statement__meeting",
        "statement__delegation__state", "statement__delegation__organisation",
    )  # fmt: skip
    return Position.objects.select_related(*related).defer(*(f"report__{name}" for name in heavy))


def _is_open() -> Q:
    """Where what it was noted from is still public, word for word as far as that can be told without reading it."""
    kept_since = Func(
        F("report__report__kept_since"),
        Value("$.* ? (@ > $number)"),
        Func(Value("number"), F("report__number"), function="jsonb_build_object"),
        function="jsonb_path_exists",
        template="%(function)s(%(expressions)s)",
        output_field=BooleanField(),
    )
    versions = published_versions().order_by().values("pk")
    statements = public_statements().order_by().values("pk")
    of_report = Q(report=None) | (Q(report__in=versions) & ~Q(kept_since))
    return of_report & (Q(statement=None) | Q(statement__in=statements))


def public_positions() -> QuerySet[Position]:
    """What everybody reads: published, replaced ones among them, from a source that is public."""
    return _positions().filter(_is_open(), status=PositionStatus.PUBLISHED)


def standing_positions() -> QuerySet[Position]:
    """Of these, those that no other took the place of."""
    return public_positions().filter(replaced_by=None)


def withdrawn_positions() -> QuerySet[Position]:
    """Of which everybody learns that, when and by whom they were withdrawn, and not the words."""
    return _positions().filter(_is_open(), status=PositionStatus.WITHDRAWN).defer("text", "translation", "settled_note")


def office_positions(user: Any) -> QuerySet[Position]:
    """The set form of ``compliance.keep_positions``: every one, proposed ones among them."""
    rows = _positions().select_related("noted_by", "settled_by")
    return rows if is_iso_staff(user, None) else rows.none()


def own_positions(user: Any) -> QuerySet[Position]:
    """What one's States have said, published or withdrawn by them; and what one proposed oneself, as an observer."""
    rows = _positions()
    if not isinstance(user, User) or not user.is_active:
        return rows.none()
    mine = Q(state__in=user.state_ids, status__in=ENDED)
    if observes(user):
        mine |= Q(noted_by=user)
    return rows.filter(mine)


def stating_states(user: Any) -> QuerySet[State]:
    """The set form of ``compliance.state_position``, of States."""
    ids = user.approving_state_ids if isinstance(user, User) and user.is_active else ()
    return State.objects.filter(pk__in=ids)


def quotable_versions() -> QuerySet[ReportVersion]:
    """Filed versions from which a position can be noted."""
    return published_versions()


def quotable_statements() -> QuerySet[Statement]:
    """Published statements of States from which a position can be noted."""
    return public_statements().filter(delegation__state__isnull=False)
