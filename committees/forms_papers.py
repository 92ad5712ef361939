"""What the pages of a body's papers send, cleaned. Nothing is stored here."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import files
from ccm_portal.core.enums import DocumentKind
from ccm_portal.core.forms import line
from ccm_portal.core.seen import SeenForm
from committees.domain.body_papers import KINDS, Given


class FileForm(forms.Form):
    """A file in one language."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    file = forms.FileField(label=_("File"), help_text=_("PDF, Word, Excel or OpenDocument, at most 25 MB."))

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            files.refuse_large(upload.size)
        except files.FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return upload

    def given(self) -> Given:
        """What was sent, read."""
        upload = self.cleaned_data["file"]
        return Given(language=self.cleaned_data["language"], content=upload.read(), name=upload.name)


class PaperForm(FileForm):
    """A new paper of a body."""

    title = forms.CharField(label=_("Title"), max_length=300, widget=line())
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind, DocumentKind(kind).label) for kind in KINDS])
    meeting_key = forms.ChoiceField(label=_("Minutes of the meeting"), required=False)
    field_order = ["title", "kind", "meeting_key", "language", "file"]

    def __init__(self, *args: Any, meetings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting_key"].choices = [("", _("none")), *meetings]  # type: ignore[attr-defined]


class NewFileForm(FileForm, SeenForm):
    """Another file, or a further language, of a paper that others may have changed."""
