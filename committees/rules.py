"""Who may see and do what in bodies. Each object rule has its queryset beside it.

    committees.lead_body        a body: its leaders, and for the coordination body the President
    committees.work_in_body     a body: its leaders, the persons named to its workspace, the ISO
    committees.write_in_body    the same without readers: write contacts, problems, plans' steps
    committees.manage_bodies    bodies, terms and the presidency as data: the ISO

Bodies, terms and history are public. What is written in a workspace is not.
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core import clock
from ccm_portal.core.models import User
from ccm_portal.core.permissions import is_iso_staff, is_president
from committees.enums import BodyNature, PlaceInWorkspace
from committees.models import Body, TermPerson, WorkspacePlace


def led_bodies(user: Any) -> set[int]:
    """The ids of the bodies that this person leads today: as a person under a running term of a body that runs, who
    acts for the State that holds it. Whoever no longer acts for the State leads nothing in its name.

    The coordination body is led by the President and made up of the leaders of all others. One query a request.
    """
    if not isinstance(user, User) or not user.is_active:
        return set()
    if not hasattr(user, "_led_bodies"):
        today = clock.today()
        persons = TermPerson.objects.leading(today).filter(user=user, term__state__in=user.any_state_ids)
        in_being = persons.filter(Q(term__body__ends=None) | Q(term__body__ends__gt=today))
        user._led_bodies = set(in_being.values_list("term__body_id", flat=True))  # type: ignore[attr-defined]
    led: set[int] = user._led_bodies  # type: ignore[attr-defined]
    return led


def coordination_ids() -> set[int]:
    """The ids of the coordination bodies: one."""
    return set(Body.objects.filter(kind__nature=BodyNature.COORDINATION).values_list("pk", flat=True))


def places_of(user: Any) -> dict[int, str]:
    """Body id -> the place that this person was given there, while they act for anybody. One query a request."""
    if not isinstance(user, User) or not user.is_active or not user.acts:
        return {}
    if not hasattr(user, "_body_places"):
        given = WorkspacePlace.objects.filter(user=user).values_list("content_object_id", "place")
        user._body_places = dict(given)  # type: ignore[attr-defined]
    places: dict[int, str] = user._body_places  # type: ignore[attr-defined]
    return places


def working_body_ids(user: Any) -> set[int]:
    """The set form of ``committees.work_in_body``, the ISO apart. Leaders of any body and the President take part
    in the coordination body."""
    led = led_bodies(user)
    ids = led | set(places_of(user))
    if led or is_president(user, None):
        ids |= coordination_ids()
    return ids


@rules.predicate
def leads_body(user: Any, body: Any) -> bool:
    """A person under a running term; in the coordination body, the President."""
    if body is None:
        return False
    if body.kind.nature == BodyNature.COORDINATION and is_president(user, None):
        return True
    return body.pk in led_bodies(user)


@rules.predicate
def works_in_body(user: Any, body: Any) -> bool:
    """Leads it, was named to its workspace, or takes part in coordination."""
    return body is not None and body.pk in working_body_ids(user)


@rules.predicate
def writes_in_body(user: Any, body: Any) -> bool:
    """Works in it, and not as a reader."""
    return works_in_body(user, body) and places_of(user).get(body.pk) != PlaceInWorkspace.READER


rules.add_perm("committees.lead_body", leads_body | is_iso_staff)
rules.add_perm("committees.work_in_body", works_in_body | is_iso_staff)
rules.add_perm("committees.write_in_body", writes_in_body | is_iso_staff)
rules.add_perm("committees.manage_bodies", is_iso_staff)


def offices_of_leaders(user: Any) -> set[str]:
    """The names, in English, under which a person issues papers for the bodies that they lead."""
    led = led_bodies(user)
    return set(Body.objects.filter(pk__in=led).values_list("name_en", flat=True)) if led else set()


def visible_bodies(user: Any) -> QuerySet[Body]:
    """Every body: bodies are public."""
    return Body.objects.select_related("kind", "parent")


def working_bodies(user: Any) -> QuerySet[Body]:
    """The set form of ``committees.work_in_body``."""
    every = visible_bodies(user)
    return every if is_iso_staff(user, None) else every.filter(pk__in=working_body_ids(user))
