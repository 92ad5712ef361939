"""Clean input about people. Forms never save."""

from datetime import date

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import invitations
from ccm_portal.core.account_forms import PASSWORD_HELP
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Organisation, State, User

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def prose(rows: int) -> forms.Textarea:
    """A box for sentences, in whichever direction they are written."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def line() -> forms.TextInput:
    """A line of words, in whichever direction they are written."""
    return forms.TextInput(attrs={"dir": "auto"})


class LanguageForm(forms.Form):
    """In which language mail comes."""

    language = forms.ChoiceField(
        label=_("Language of mail to you"),
        help_text=_("Your desk opens in it too when you sign in."),
        choices=settings.LANGUAGES,
    )


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
        help_text=PASSWORD_HELP,
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
