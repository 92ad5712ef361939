"""A template with its context, turned into what the renderer is ordered to print, and printed."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language_info

from ccm_portal.core.pdf import process, widths

BASE = Path(__file__).with_name("base.css")


@dataclass(frozen=True, kw_only=True)
class Page:
    """What every document says of itself, and what runs along its pages. ``at`` is an instant in ISO 8601: the same
    content at the same instant gives the same file to the last byte."""

    language: str  # a code of ours
    title: str
    author: str
    at: str
    head_start: str = ""
    head_end: str = ""
    foot: str = ""
    is_demonstration: bool = False

    @property
    def direction(self) -> str:
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"

    @property
    def html_language(self) -> str:
        return {"zh-hans": "zh-Hans"}.get(self.language, self.language)


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A text that travels inside the file."""

    name: str
    description: str
    text: str


def order(
    template: str,
    context: Mapping[str, Any],
    *,
    page: Page,
    identifier: str,
    sheets: Iterable[Path] = (),
    attachments: Iterable[Attached] = (),
    pictures: Mapping[str, bytes] | None = None,
) -> dict[str, Any]:
    """Everything the renderer gets: nobody's words but through the escaping template, and the data as they are.

    ``template`` extends ``core/pdf/base.html`` and gets the context and ``page``. ``sheets`` are files of CSS after
    the base; classes ``w1`` to ``w100`` are widths of columns in hundredths. ``pictures`` are JPEG by fingerprint,
    shown as ``<img src="picture:…">``.
    """
    with translation.override(page.language):
        html = render_to_string(template, {**context, "page": page})
    css = "\n".join(sheet.read_text(encoding="utf-8") for sheet in [BASE, *sheets])
    return {
        "html": html,
        "css": css + widths.sheet(),
        "identifier": identifier,
        "at": page.at,
        "attachments": [{"name": one.name, "description": one.description, "text": one.text} for one in attachments],
        "pictures": {sha256: b64encode(content).decode() for sha256, content in (pictures or {}).items()},
    }


def pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    page: Page,
    identifier: str,
    sheets: Iterable[Path] = (),
    attachments: Iterable[Attached] = (),
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The file, set in a process of its own within its limits (see `order` for what it takes).

    :raises process.NotRendered: if the renderer ran into a limit, was killed, or failed.
    """
    return process.run(
        order(
            template,
            context,
            page=page,
            identifier=identifier,
            sheets=sheets,
            attachments=attachments,
            pictures=pictures,
        )
    )
