"""How every object in the portal moves from one status to the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.permissions import may

M = TypeVar("M", bound=models.Model)


class TransitionRefused(Exception):
    """The object cannot make this move now. The message is fit to show the user."""


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One arrow in a workflow: who may take it is ``perm``, from where is ``sources``.

    ``status`` is written by ``apply`` and nowhere else; ``record`` writes the act into the register
    and is the transaction's last statement, because it holds the chain's lock. Where an object has a second life
    beside its first, as credentials beside a delegation, ``field`` says which one the arrow belongs to.
    """

    name: str
    label: str | Promise
    sources: frozenset[str]
    target: str
    perm: str
    field: str = "status"

    def starts_at(self, obj: Any) -> bool:
        """Whether ``obj`` is in one of the sources."""
        return getattr(obj, self.field) in self.sources

    def check(self, obj: Any) -> None:
        """:raises TransitionRefused: if ``obj`` is not in one of the sources."""
        if not self.starts_at(obj):
            raise TransitionRefused(
                _("“%(action)s” is not possible while the status is “%(status)s”.")
                % {"action": self.label, "status": getattr(obj, f"get_{self.field}_display")()}
            )

    def apply(self, obj: Any) -> None:
        """Check, then save the new status together with what else was set on ``obj``.

        :raises TransitionRefused: if ``obj`` is not in one of the sources.
        """
        self.check(obj)
        setattr(obj, self.field, self.target)
        obj.save()

    def record(
        self,
        obj: Any,
        *,
        by: User | None,
        at: datetime,
        content_hash: str = "",
        data: dict[str, object] | None = None,
    ) -> register.Head:
        """Write the act into the register: ``reporting.report.file``."""
        return register.append(
            action=f"{obj._meta.app_label}.{obj._meta.model_name}.{self.name}",
            by=by,
            at=at,
            state=getattr(obj, "state", None),
            obj=obj,
            content_hash=content_hash,
            data={"to": self.target} | (data or {}),
            chain=getattr(obj, "register_chain", register.MAIN),
        )


def locked(obj: M) -> M:
    """A fresh copy of ``obj``, locked until the transaction ends."""
    return type(obj)._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)


def available(transitions: Iterable[Transition], obj: Any, user: Any) -> list[Transition]:
    """The moves this user can make now: the buttons to draw."""
    return [t for t in transitions if t.starts_at(obj) and may(user, t.perm, obj)]
