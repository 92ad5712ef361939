"""The pages that stand alone: they are drawn without a database and speak the reader's language."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("400", "This request could not be understood"),
        ("500", "Something went wrong here"),
        ("503", "The portal is closed for a moment"),
    ],
)
def test_a_page_that_stands_alone_says_what_happened_and_that_nothing_saved_is_lost(page, heading):
    told = render_to_string(f"{page}.html")

    assert (told.count(heading), "Nothing you had saved is lost." in told, 'lang="en" dir="ltr"' in told) == (
        2,
        True,
        True,
    )


def test_it_is_turned_round_in_arabic():
    with translation.override("ar"):
        assert 'lang="ar" dir="rtl"' in render_to_string("500.html")
