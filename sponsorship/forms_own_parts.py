"""What a nominated person sends from the page of their own link, cleaned."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sponsorship.domain.own_parts import OwnWords
from sponsorship.forms_applications import OwnWordsForm

NEEDS = [("", _("Not said")), ("yes", _("Yes")), ("no", _("No"))]


class AboutForm(OwnWordsForm):
    """A person's own words."""

    needs = forms.ChoiceField(
        label=_("Does something have to be arranged, for health or access?"), choices=NEEDS, required=False
    )
    field_order = ["function", "gender", "languages", "expertise", "needs", "version"]

    def words(self) -> OwnWords:
        cleaned = self.cleaned_data
        return OwnWords(
            function=cleaned["function"],
            expertise=cleaned["expertise"],
            languages=cleaned["languages"],
            gender=cleaned["gender"],
            has_access_needs={"yes": True, "no": False}.get(cleaned["needs"]),
        )
