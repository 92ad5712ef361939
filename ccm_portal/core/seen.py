"""Forms over something that others may change: each holds the version that its page showed."""

from django import forms


class SeenForm(forms.Form):
    """A button, or the fields beside it, with the version that its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def stands_now(form: forms.Form, version: int) -> None:
    """What was typed, over the version that stands now: sent once more, it holds. Forms that were sent are changed in
    place, so their other refusals stay."""
    data = form.data.copy()  # type: ignore[attr-defined]  # of a form that was sent: a QueryDict
    data[form.add_prefix("version")] = str(version)
    form.data = data
