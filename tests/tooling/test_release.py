"""A page kept from an earlier release is not shown in the next: whatever it was drawn from may have changed."""

import os

import pytest
from django.conf import settings

from ccm_portal import release


@pytest.fixture
def checkout(tmp_path):
    for name in ("reporting/views.py", "static/css/base.css", "templates/base.html", "ccm_portal/words.mo"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        os.utime(path, (1_000, 1_000))
    return tmp_path


@pytest.mark.parametrize(
    "name", ["reporting/views.py", "static/css/base.css", "templates/base.html", "ccm_portal/words.mo"]
)
def test_a_change_of_code_style_template_or_words_is_a_new_release(checkout, name):
    assert release.newest(checkout) == "1000"
    os.utime(checkout / name, (2_000, 2_000))
    assert release.newest(checkout) == "2000"


def test_what_the_interpreter_writes_for_itself_is_none(checkout):
    (checkout / "reporting" / "__pycache__").mkdir()
    (checkout / "reporting" / "__pycache__" / "views.cpython-311.pyc").touch()
    assert release.newest(checkout) == "1000"


def test_the_portal_knows_its_release():
    code = max(path.stat().st_mtime for path in (settings.BASE_DIR / "reporting").rglob("*.py"))
    assert int(code) <= int(settings.RELEASE) <= int(release.newest(settings.BASE_DIR))
