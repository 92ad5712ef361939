"""A form that came too late: what was typed stays, what stands now is shown beside it."""

from typing import Any

from django import forms

from ccm_portal.core.seen import stands_now


def offered_again(form: forms.Form, *, now: dict[str, Any], why: str) -> list[dict[str, Any]]:
    """Give the form the version that stands now, so that sending it again is a choice.

    :param now: the fields of the row as they stand, ``version`` among them, as the form's ``initial`` has them.
    :returns: rows for a summary list: the fields in which what stands differs from what was typed.
    """
    rows = []
    for bound in form:
        if bound.is_hidden or bound.name not in now:
            continue
        field = bound.field
        stands, typed = field.prepare_value(now[bound.name]), bound.value()
        if _plain(stands) != _plain(typed):
            words = _words(bound, stands)
            rows.append({"term": bound.label, "value": words or "—", "none": not words})
    stands_now(form, now["version"])
    form.add_error(None, why)
    return rows


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return sorted(str(one) for one in value)
    return str(value if value is not None else "").replace("\r\n", "\n").strip()


def _words(bound: forms.BoundField, value: Any) -> str:
    """The value as the page shows it: of a choice, its words."""
    choices = getattr(bound.field, "choices", None)
    if choices is None:
        return _plain(value)
    chosen = {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}
    return ", ".join(str(words) for key, words in choices if str(key) in chosen and str(key))
