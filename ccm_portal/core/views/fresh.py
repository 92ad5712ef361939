"""A sign-in of the last five minutes, where a page or an act asks for one (cases, sealed data, bank accounts)."""

from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django import forms
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

SIGN_IN_AGAIN = _lazy(
    "Your last sign-in is more than five minutes ago. Open the page of your account in another window, sign in again "
    "there, then send this once more: what you typed is kept here."
)


def signed_in_just_now(request: HttpRequest) -> bool:
    """Within the last five minutes, or shown again who they are since."""
    return not is_reauthentication_required(request, app="core")


def to_sign_in_again(back: str) -> HttpResponse:
    """The door, and the way back. What was posted is kept nowhere: a session is no place for it."""
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({REDIRECT_FIELD_NAME: back})}")


def asks_again(request: HttpRequest, form: forms.Form) -> bool:
    """Whether a form that was sent has to wait until the person has shown again who they are. What they typed stays on
    the page and goes nowhere else."""
    if signed_in_just_now(request):
        return False
    form.add_error(None, SIGN_IN_AGAIN)
    return True
