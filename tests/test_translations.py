"""English, French and Arabic are complete; the form and the documents are in all six languages."""

import re
import shutil
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command

ROOT = Path(settings.BASE_DIR)
FOLDERS = {"ar": "ar", "fr": "fr", "es": "es", "ru": "ru", "zh-hans": "zh_Hans"}
COMPLETE = ["ar", "fr"]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# What the form and its PDF are made of: these words exist in all six languages.
OF_THE_FORM = ["reporting/form", "reporting/pdf", "core/pdf"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%s|%%|\{\w+\}")


def catalogue(language: str):
    path = ROOT / "ccm_portal" / "locale" / FOLDERS[language] / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=FOLDERS[language])


def is_translated(message) -> bool:
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    return bool(said) and all(said) and not message.fuzzy


@pytest.mark.parametrize("language", COMPLETE)
def test_nothing_is_left_in_english(language):
    left = [message.id for message in catalogue(language) if message.id and not is_translated(message)]

    assert left == []


def sentences_of_the_form() -> set[tuple[str | None, str]]:
    found = set()
    for folder in OF_THE_FORM:
        for _file, _line, said, _comments, context in extract_from_dir(
            str(ROOT / folder), [("**.py", "python")], keywords=KEYWORDS
        ):
            found.add((context, said[0] if isinstance(said, tuple) else said))
    return found


@pytest.mark.parametrize("language", FOLDERS)
def test_the_form_and_its_documents_speak_every_language(language):
    known = {key_of(message) for message in catalogue(language) if message.id and is_translated(message)}

    assert sentences_of_the_form() - known == set()


@pytest.mark.parametrize("language", FOLDERS)
def test_a_translation_keeps_every_placeholder(language):
    broken = []
    for message in catalogue(language):
        if not message.id or not is_translated(message):
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = set(PLACEHOLDER.findall(ids[-1]))
        for said in message.string if isinstance(message.string, tuple) else (message.string,):
            if not set(PLACEHOLDER.findall(said)) <= wanted:
                broken.append((message.id, said))

    assert broken == []


def test_every_sentence_in_the_source_is_in_the_catalogues(tmp_path, settings, monkeypatch):
    """A sentence that was written since they were collected has no translation anywhere: run `make messages`."""
    for folder in ["ccm_portal", "reporting", "templates"]:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("locale", "__pycache__"))
    (tmp_path / "locale" / "fr").mkdir(parents=True)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", locale=["fr"], no_location=True, no_wrap=True, verbosity=0)
    with (tmp_path / "locale" / "fr" / "LC_MESSAGES" / "django.po").open("rb") as file:
        now = {key_of(message) for message in read_po(file) if message.id}

    assert {language: left for language in FOLDERS if (left := now - keys(language))} == {}


def key_of(message) -> tuple[str | None, str]:
    return (message.context, message.id[0] if isinstance(message.id, tuple) else message.id)


def keys(language: str) -> set[tuple[str | None, str]]:
    return {key_of(message) for message in catalogue(language) if message.id}
