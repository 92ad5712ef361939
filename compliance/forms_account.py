"""What the pages of the President's report send, cleaned. Nothing is stored here."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.forms import line, prose
from ccm_portal.core.models import User
from ccm_portal.core.seen import SeenForm
from committees.domain.said import LONG
from compliance.domain.president_report import LONGEST_HEADING
from compliance.models import ComplianceCase
from meetings.domain.agenda_reading import languages_of, public_items
from meetings.models import Meeting


class AroundForm(SeenForm):
    """The words before and after."""

    opening = forms.CharField(label=_("Before the passages"), required=False, max_length=LONG, widget=prose(6))
    closing = forms.CharField(label=_("After the passages"), required=False, max_length=LONG, widget=prose(4))


class PassageForm(SeenForm):
    """A passage in other words."""

    heading = forms.CharField(
        label=_("Heading"),
        required=False,
        max_length=LONGEST_HEADING,
        widget=line(),
        help_text=_("The article, if you leave it empty. The State is not named unless you name it."),
    )
    words = forms.CharField(label=_("Words of the report"), max_length=LONG, widget=prose(6))


class AddPassageForm(PassageForm):
    """Words of one's own about a matter."""

    case = forms.ModelChoiceField(label=_("Matter"), queryset=ComplianceCase.objects.none())
    field_order = ("case", "heading", "words", "version")

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: dict[str, Any] = self.fields
        given["case"].queryset = cases
        given["case"].label_from_instance = lambda case: f"{case.state.name} · {case.title}"


class ReaderForm(SeenForm):
    """Who looks at it after the President."""

    reader = forms.ModelChoiceField(
        label=_("Second reader"),
        queryset=User.objects.none(),
        help_text=_("Somebody named in each matter of which a passage is in the report."),
    )

    def __init__(self, *args: Any, readers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: dict[str, Any] = self.fields
        given["reader"].queryset = User.objects.filter(pk__in=[one.pk for one in readers]).order_by("name")
        given["reader"].label_from_instance = lambda one: one.name


class BackForm(SeenForm):
    note = forms.CharField(label=_("What should be otherwise"), max_length=LONG, widget=prose(3))


class IssueForm(SeenForm):
    """Under which symbol, in which language, on which item."""

    language = forms.ChoiceField(label=_("Language in which it is written"))
    symbol = forms.CharField(label=_("Symbol"), max_length=60)
    code = forms.TypedChoiceField(label=_("Agenda item"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: dict[str, Any] = self.fields
        names = dict(settings.LANGUAGES)
        given["language"].choices = [(code, names[code]) for code in languages_of(meeting)]
        items = public_items(meeting)
        given["code"].choices = [("", _("None")), *((item.code, item.label) for item in items)]


class HandOverForm(ReaderForm):
    reader = forms.ModelChoiceField(label=_("Who presides now"), queryset=User.objects.none())
