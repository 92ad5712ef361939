"""Pages drawn with hostile text and with plain words, and what they are built of."""

import re
from collections.abc import Callable

import tinyhtml5
from django.core.cache import caches
from django.db import transaction

from reporting.form.editions import edition as edition_of
from reporting.form.parts import Table
from reporting.form.values import LongText, Text
from reporting.form.values.base import tidy
from tests.reporting.hostile.corpus import chunks

FORM = edition_of("2010")
ADDRESSES = {"href", "src", "action", "data", "srcset", "formaction", "poster"}


def plain(text: str) -> str:
    """A harmless text of the same length and with the same gaps."""
    return re.sub(r"[^\s]", "x", text)


def said(written, places=None) -> dict[str, str]:
    """Every box of words in the form, filled from the corpus: a table has a row for each share of it."""
    texts = {}
    shares = [written(tidy(share)) for share in chunks()]
    for section, part, field in FORM.fields():
        if type(field.kind) not in (Text, LongText):
            continue
        if isinstance(part, Table):
            for number, share in enumerate(shares, start=1):
                texts[f"{section.key}/{part.key}.r{number}.{field.key}"] = share
        else:
            whole = " ".join(shares) if type(field.kind) is LongText else shares[len(texts) % len(shares)]
            texts[f"{section.key}/{part.key}.{field.key}"] = whole
    return texts


def build_of(page: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """The elements of a page as a browser reads them: name, attributes, and the addresses they name."""
    return [
        (
            str(element.tag).rpartition("}")[2],
            tuple(sorted(element.attrib)),
            tuple(value for name, value in sorted(element.attrib.items()) if name in ADDRESSES),
        )
        for element in tinyhtml5.parse(page).iter()
        if isinstance(element.tag, str)
    ]


def fetched(client, address: str, **data) -> str:
    answer = client.get(address, data)
    assert answer.status_code == 200, address
    return answer.content.decode()


def drawn_twice(draw: Callable[..., str], client) -> list[str]:
    """The page as ``draw`` makes it with the corpus as it is, then with plain words; each scene is undone."""
    pages = []
    for written in (str, plain):
        with transaction.atomic():
            client.logout()
            caches["pages"].clear()
            pages.append(draw(written, client))
            transaction.set_rollback(True)
    return pages
