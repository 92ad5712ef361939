"""The forms of signing in: allauth's, in our words, and with what the portal asks besides.

Forms never save, but for the single use of a code and the mail that allauth has its form owe.
"""

from typing import Any

from allauth.account import forms as account
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import clock, emails

PASSWORD_HELP = _("At least 12 characters. A few words are easier to keep in mind than signs.")
CODE_HELP = _("From your authenticator application, or one of your recovery codes.")
LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Your password now"),
    "password1": _("New password"),
    "password2": _("The new password again"),
    "code": _("Code"),
    "name": _("Name of this passkey"),
}


@transaction.atomic
def spend_code(authenticator: Authenticator, code: str) -> bool:
    """Use up a code of an authenticator application, and with it every earlier one.

    :returns: whether it could be: a code works once, in its own and the neighbouring time steps.
    """
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = decrypt(row.data["secret"])
    steps = [
        step
        for step in totp.yield_hotp_counters_from_time()
        if compare_user_code(actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, step)))
    ]
    if not steps or steps[0] <= row.data.get("last_step", 0):
        return False
    row.data["last_step"] = authenticator.data["last_step"] = steps[0]
    row.save(update_fields=["data"])
    return True


class _Plain:
    """Our words; labels, no placeholders; one sentence of help for a new password."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            if name == "password1":
                field.help_text = PASSWORD_HELP
            elif name in {"password", "oldpassword"}:
                field.help_text = ""


class _SameTwice:
    """The new password twice, and fit."""

    def clean(self) -> dict[str, Any]:
        cleaned = super(account.PasswordVerificationMixin, self).clean()  # type: ignore[misc]
        if cleaned.get("password1") and cleaned.get("password2") and cleaned["password1"] != cleaned["password2"]:
            self.add_error("password2", _("The two passwords differ."))  # type: ignore[attr-defined]
        return cleaned


class _SingleUse:
    """A code of an authenticator application opens one door once."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        code = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not spend_code(self.authenticator, code):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class SignInForm(_Plain, account.LoginForm):
    """Address and password, and the way for who has forgotten it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = format_html(
            '<a href="{}">{}</a>', reverse("account_reset_password"), _("Forgot your password?")
        )


class AskForResetForm(_Plain, account.ResetPasswordForm):
    """Where to send the link to a new password. Whether the address is known makes no difference here."""

    def save(self, request: object, **kwargs: object) -> str:
        address = self.cleaned_data["email"]
        emails.password_reset(address=address, language=get_language() or "en", at=clock.now())
        return address


class PasswordAgainForm(_Plain, account.ReauthenticateForm):
    """The password once more, to prove who is there."""


class ChangePasswordForm(_Plain, _SameTwice, account.ChangePasswordForm):
    """A new password, by someone who knows the old one."""


class CodeForm(_Plain, _SingleUse, mfa.AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(_Plain, _SingleUse, mfa.ReauthenticateForm):
    """The code once more, to prove who is there."""


class ActivateForm(_Plain, ActivateTOTPForm):
    """The first code of a newly set up authenticator application."""


class PasskeyForm(_Plain, AddWebAuthnForm):
    """A new passkey, made so that it can sign in by itself."""

    passwordless = forms.BooleanField(
        label=_("Let this passkey sign in by itself"),
        required=False,
        initial=True,
        help_text=_("Your device asks for a finger, a face or a PIN."),
    )


class NewPasswordForm(_Plain, _SameTwice, account.ResetPasswordKeyForm):
    """A new password, from the link in a mail. The mailbox alone changes nothing: a code is asked too."""

    code = forms.CharField(
        label=_("Code"),
        help_text=CODE_HELP,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            shown = CodeForm(user=self.user, data={"code": cleaned["code"]})
            if not shown.is_valid():
                self.add_error("code", shown.errors["code"])
        return cleaned
