"""Rights that a named person holds on one object: which tables keep them, so that the kernel can ask whether
somebody has any. Apps above register theirs in ``ready()``; what a grant opens is their own rule.

Whoever holds a grant sees something unpublished and needs a second factor, whatever their roles.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Model

if TYPE_CHECKING:
    from ccm_portal.core.models import Invitation, User

# Gives the account what waited for it, and says how many grants that were.
TakenUp = Callable[["Invitation", "User", datetime], int]
Held = Callable[["User"], bool]
_tables: list[type[Model]] = []
_held: dict[type[Model], Held] = {}
LetGo = Callable[["User", datetime], None]
_waiting: list[TakenUp] = []
# Tables of which nobody may learn whether an account stands in them, the office least of all.
_untold: dict[type[Model], LetGo] = {}


def register(
    table: type[Model], *, taken_up: TakenUp | None = None, held: Held | None = None, let_go: LetGo | None = None
) -> None:
    """Make a table of grants known: rows with a ``user``. ``taken_up`` is called, in its transaction, when somebody
    accepts an invitation to an account without a role. ``held`` asks a table that does not show its rows to everybody
    whether this account has one. ``let_go`` makes it a table that nothing may betray: it ends what the account holds
    there when the account is about to be entered anew."""
    if table not in _tables:
        _tables.append(table)
    if held:
        _held[table] = held
    if let_go:
        _untold[table] = let_go
    if taken_up and taken_up not in _waiting:
        _waiting.append(taken_up)


def tables() -> tuple[type[Model], ...]:
    """Every table of grants."""
    return tuple(_tables)


def held_by(user: "User") -> bool:
    """Whether this account holds any grant. A closed account holds nothing."""
    return user.is_active and any(_held[table](user) if table in _held else _has_row(table, user) for table in _tables)


def told_to_the_office(user: "User") -> bool:
    """Whether this account holds a grant that the office may learn of."""
    return user.is_active and any(_has_row(table, user) for table in _tables if table not in _untold)


def let_go(user: "User", *, at: datetime) -> None:
    """End, in silence, what the account holds where nobody may learn of it. Called when the account is about to be
    entered anew, by whoever takes up the next invitation."""
    for ends in _untold.values():
        ends(user, at)


def _has_row(table: type[Model], user: "User") -> bool:
    return table._default_manager.filter(user=user).exists()


def take_up(invitation: "Invitation", user: "User", *, at: datetime) -> int:
    """Give the account what waited for it behind the invitation.

    :returns: how many grants that were.
    """
    return sum(taken_up(invitation, user, at) for taken_up in _waiting)
