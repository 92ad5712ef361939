"""Fields in which bodies are chosen. Some bodies share a name: the kind stands beside it."""

from django import forms

from committees.models import Body


def with_kind(body: Body) -> str:
    """Clearance (committee); the caller's queryset fetches the kind."""
    return f"{body.name} ({body.kind.name})"


class BodyField(forms.ModelChoiceField):
    """One body."""

    def label_from_instance(self, obj: Body) -> str:
        return with_kind(obj)
