"""Clean input about people and accounts. Forms never save, but for the single use of a code."""

from datetime import date

from allauth.account.forms import ResetPasswordKeyForm
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import invitations
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Organisation, State, User

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


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


class _SingleUse:
    """A code of an authenticator application opens one door once."""

    def clean_code(self) -> str:
        code = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not spend_code(self.authenticator, code):  # type: ignore[attr-defined]
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_SingleUse, AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(_SingleUse, ReauthenticateForm):
    """The code once more, to prove who is there."""


class NewPasswordForm(ResetPasswordKeyForm):
    """A new password, from the link in a mail. The mailbox alone changes nothing: a code is asked too."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("From your authenticator application, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if not self.errors:
            shown = CodeForm(user=self.user, data={"code": cleaned["code"]})
            if not shown.is_valid():
                self.add_error("code", shown.errors["code"])
        return cleaned


class PasskeyForm(AddWebAuthnForm):
    """A new passkey, made so that it can sign in by itself."""

    passwordless = forms.BooleanField(
        label=_("Let this passkey sign in by itself"),
        required=False,
        initial=True,
        help_text=_("Your device asks for a finger, a face or a PIN."),
    )


class LanguageForm(forms.Form):
    """In which language mail comes."""

    language = forms.ChoiceField(label=_("Language of mail to you"), choices=settings.LANGUAGES)


class InviteForm(forms.Form):
    """Whom to invite, as what, for how long."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.ChoiceField(label=_("Role"))
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)
    starts = forms.DateField(label=_("From"), widget=DAY)
    ends = forms.DateField(
        label=_("Until"),
        required=False,
        widget=DAY,
        help_text=_("The first day without the role. Leave empty if no end is set."),
    )

    def __init__(self, *args: object, roles: list[Role], on: date, **kwargs: object) -> None:
        kwargs["initial"] = {"starts": on, "language": "en"} | dict(kwargs.get("initial") or {})  # type: ignore[call-overload]
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.on = on
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and (ends <= starts or ends <= self.on):
            self.add_error("ends", _("The end must lie after the beginning, and after today."))
        return cleaned


class OfficeInviteForm(InviteForm):
    """The office invites for any State, or for an organisation."""

    state = forms.ModelChoiceField(
        label=_("State"),
        queryset=State.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("Or an organisation, below."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), required=False, empty_label=_("none")
    )
    field_order = ["state", "organisation", "role", "email", "name", "language", "starts", "ends"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["state"].queryset = State.objects.by_name()  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = Organisation.objects.by_name()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if bool(cleaned.get("state")) == bool(cleaned.get("organisation")):
            self.add_error("state", _("Choose a State or an organisation, one of them."))
        return cleaned


class AcceptForm(forms.Form):
    """The code that the inviter told, for someone who has an account."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Eight characters, told to you by the person who invited you. It is not in the mail."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return invitations.tidy_code(self.cleaned_data["code"])


class AcceptWithPasswordForm(AcceptForm):
    """The code, and a password for the new account."""

    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        help_text=_("At least 12 characters. A few words are easier to keep in mind than signs."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("The password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, person: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.person = person

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if "password" in cleaned and cleaned["password"] != cleaned.get("password_again"):
            self.add_error("password_again", _("The two passwords differ."))
        return cleaned
