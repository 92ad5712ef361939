"""Who else reads unpublished papers: apps above say it, by a condition on papers for a person."""

from collections.abc import Callable

from django.db.models import Q

from ccm_portal.core.models import User

Reader = Callable[[User], Q | None]
Offices = Callable[[User], set[str]]
_readers: list[Reader] = []
_offices: list[Offices] = []


def register(reader: Reader) -> Reader:
    """Called by an app's ``ready()``. A reader says which papers (a ``Q`` over ``Document``) a person may read before
    they are published, or ``None``. What depends on another table is written ``Q(pk__in=…)``: no row comes twice.
    """
    if reader not in _readers:
        _readers.append(reader)
    return reader


def read_by(user: User) -> Q:
    """The condition of all readers together; it finds nothing where none says anything."""
    found = Q(pk__in=())
    for reader in _readers:
        condition = reader(user)
        if condition is not None:
            found |= condition
    return found


def register_offices(offices: Offices) -> Offices:
    """Called by an app's ``ready()``: under which names, in English, a person issues papers today without a State or an
    organisation, such as the body that they lead."""
    if offices not in _offices:
        _offices.append(offices)
    return offices


def offices_of(user: User) -> set[str]:
    """All of them together."""
    return {name for offices in _offices for name in offices(user)}
