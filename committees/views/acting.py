"""What pages that change something have in common: forms that lose nothing, buttons that say why not."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ccm_portal.core.http import number_of
from ccm_portal.core.workflow import TransitionRefused
from committees.domain.said import WorkChanged, WorkRefused
from committees.views.stale import offered_again

R = TypeVar("R")
Now = Callable[[Any], dict[str, Any]]


def tried(form: forms.Form, do: Callable[[], R], *, now: Now | None = None) -> tuple[R | None, list[dict[str, Any]]]:
    """What ``do`` gives, or ``None`` with the refusal on the form; and, where somebody else has changed it, the fields
    in which what stands differs from what was typed. ``now`` gives the form's ``initial`` of the row as it stands."""
    try:
        return do(), []
    except WorkChanged as changed:
        stands = now(changed.now) if now else {"version": changed.now.version}
        return None, offered_again(form, now=stands, why=str(changed))
    except (WorkRefused, TransitionRefused) as refusal:
        form.add_error(None, str(refusal))
        return None, []


def pressed(request: HttpRequest, do: Callable[[int], object], *, done: str, to: str) -> HttpResponse:
    """A button: it does its thing with the version its page showed, or says in words why not."""
    try:
        do(number_of(request.POST.get("version", "")))
    except (WorkRefused, TransitionRefused) as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(to)
