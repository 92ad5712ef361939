"""What the pages of cases send, cleaned. Nothing is stored here."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.forms import line, prose
from ccm_portal.core.models import State, User
from ccm_portal.core.seen import SeenForm
from ccm_portal.core.writing import listed
from compliance.domain.cases import SourceGiven
from compliance.enums import Access, Origin, Protection, Side, Subject
from compliance.models import ComplianceCase

GIVEN = [(Access.READ.value, Access.READ.label), (Access.WRITE.value, Access.WRITE.label)]


class MatterForm(forms.Form):
    """What is asked, about which article."""

    title = forms.CharField(label=_("The matter, in a few words"), max_length=200, widget=line())
    article = forms.ChoiceField(label=_("Article"), choices=Subject.choices)
    facts = forms.CharField(
        label=_("What is known"),
        widget=prose(8),
        help_text=_("As it was told, in plain words. The State concerned reads this once somebody is named for it."),
    )
    words = forms.CharField(
        label=_("Words that no report may hold"),
        required=False,
        widget=prose(2),
        help_text=_("Names of places, persons or sources, one a line. The names of sources are kept out anyhow."),
    )

    def restricted_words(self) -> list[str]:
        return str(self.cleaned_data["words"]).splitlines()


class SourceForm(forms.Form):
    """Whose word it is, and how far that may be known."""

    name = forms.CharField(label=_("Whose word it is"), max_length=200, widget=line())
    said = forms.CharField(label=_("What was said"), required=False, widget=prose(4))
    reference = forms.CharField(label=_("Where it can be read"), required=False, max_length=300, widget=line())
    protection = forms.ChoiceField(
        label=_("Protection of the source"),
        choices=Protection.choices,
        widget=forms.RadioSelect,
        initial=Protection.TEAM,
    )

    def given(self) -> SourceGiven:
        names = ("name", "said", "reference", "protection")
        return SourceGiven(**{name: self.cleaned_data[name] for name in names})


class FirstSourceForm(SourceForm):
    """The first source of a new matter, if there is one already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="source", **kwargs)
        self.fields["name"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("name") and (cleaned.get("said") or cleaned.get("reference")):
            self.add_error("name", _("Say whose word it is."))
        return cleaned


class OpenCaseForm(MatterForm):
    """A new matter about a State."""

    state = forms.ModelChoiceField(
        label=_("State concerned"), queryset=State.objects.none(), to_field_name="slug", empty_label=""
    )
    origin = forms.ChoiceField(label=_("Where it came from"), choices=Origin.choices)
    field_order = ["state", "article", "title", "origin", "facts", "words"]

    def __init__(self, *args: Any, own: Iterable[str] = (), **kwargs: Any) -> None:
        """``own``: the names of the States for which the President acts."""
        super().__init__(*args, **kwargs)
        if states := listed(own):
            told = _("A matter about %(state)s, for which you act, says so on its page and on its record.")
            self.fields["state"].help_text = told % {"state": states}
        self.fields["state"].queryset = State.objects.exclude(entry_into_force=None).by_name()  # type: ignore[attr-defined]


class EditCaseForm(MatterForm, SeenForm):
    """A matter that others may have changed."""


class EditSourceForm(SourceForm, SeenForm):
    """A source that others may have changed."""


class SetAsideForm(forms.Form):
    """Why no matter is opened about an overdue obligation."""

    reason = forms.CharField(label=_("Why no matter is opened"), max_length=2000, widget=prose(2))


class NameInCaseForm(forms.Form):
    """Whom to name in a case, on whose side, to do what."""

    email = forms.EmailField(label=_("Their e-mail address"), help_text=_("The address of an account."))
    side = forms.ChoiceField(
        label=_("On whose side"), choices=Side.choices, widget=forms.RadioSelect, initial=Side.TEAM
    )
    access = forms.ChoiceField(
        label=_("What they may do"), choices=GIVEN, widget=forms.RadioSelect, initial=Access.READ
    )


class HandOverForm(forms.Form):
    """To whom matters pass, and what remains with who led them."""

    to = forms.ModelChoiceField(label=_("To"), queryset=User.objects.none())
    stays = forms.ChoiceField(
        label=_("What remains with you"),
        required=False,
        choices=[("", _("Nothing: these matters are closed to you from then on")), *GIVEN],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, presiding: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = presiding  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = lambda user: user.name or user.email  # type: ignore[attr-defined]


class JoinForm(forms.Form):
    """With which other matter this one belongs together."""

    other = forms.ModelChoiceField(label=_("The other matter"), queryset=ComplianceCase.objects.none())
    note = forms.CharField(label=_("Why they belong together"), required=False, max_length=300, widget=line())

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others  # type: ignore[attr-defined]
        self.fields["other"].label_from_instance = lambda one: f"{one.state.name}: {one.title}"  # type: ignore[attr-defined]
