"""The account: signing in and out, second factors, sessions, and what a person holds."""

from allauth.account.views import LogoutView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ccm_portal.core import accounts, clock
from ccm_portal.core.account_forms import spend_code
from ccm_portal.core.domain import people
from ccm_portal.core.factors import FACTORS
from ccm_portal.core.forms import LanguageForm
from ccm_portal.core.http import PrivateRequest, private_page


class SignOut(LogoutView):
    """Ends the session, and has the browser forget what it kept of it."""

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response


class ActivateCode(ActivateTOTPView):
    """Set up an authenticator application; from then on this session has a second factor."""

    @transaction.atomic
    def form_valid(self, form: forms.Form) -> HttpResponse:
        response = super().form_valid(form)
        added = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        spend_code(added, form.cleaned_data["code"])
        accounts.factor_added(self.request, added)
        return response


class DeactivateCode(DeactivateTOTPView):
    """Remove the authenticator application; other sessions end."""

    @transaction.atomic
    def form_valid(self, form: forms.Form) -> HttpResponse:
        response = super().form_valid(form)
        end_other_sessions(self.request, self.request.user)
        return response


class AddPasskey(AddWebAuthnView):
    """Set up a passkey. It proves who holds it (a PIN, a finger), so that it can also sign in by itself."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        return context | {"js_data": {"creation_options": webauthn.begin_registration(self.request.user, True)}}

    @transaction.atomic
    def form_valid(self, form: forms.Form) -> HttpResponse:
        response = super().form_valid(form)
        passkeys = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN)
        accounts.factor_added(self.request, passkeys.latest("pk"))
        return response


class RemovePasskey(RemoveWebAuthnView):
    """Remove a passkey, unless it is the last second factor; other sessions end."""

    @transaction.atomic
    def form_valid(self, form: forms.Form) -> HttpResponse:
        if not accounts.SecondFactorAdapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, accounts.LAST_FACTOR)
            return redirect("mfa_list_webauthn")
        response = super().form_valid(form)
        end_other_sessions(self.request, self.request.user)
        return response


@private_page
def overview(request: PrivateRequest) -> HttpResponse:
    """What I hold, how I sign in, and in which language mail comes."""
    form = LanguageForm(request.POST or None, initial={"language": request.user.language})
    if form.is_valid():
        people.choose_language(user=request.user, language=form.cleaned_data["language"])
        messages.success(request, _("Mail will come in this language."))
        return redirect("core:account")
    factors = Authenticator.objects.filter(user=request.user).order_by("type", "created_at")
    context = {
        "form": form,
        "memberships": request.user.memberships_named,
        "factors": [factor for factor in factors if factor.type in FACTORS],
        "needs_second_factor": request.user.needs_second_factor,
        "now": clock.now(),
    }
    return render(request, "core/account.html", context)
