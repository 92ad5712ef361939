import pytest

from ccm_portal.core.words import is_unsegmented, marked


@pytest.mark.parametrize(
    ("piece", "between", "shown"),
    [
        ("<i>a\n \x02b\x03", " ", "&lt;i&gt;a <mark>b</mark>"),
        ("one answer\n\n  \x02another\x03  one\n", " · ", "one answer · <mark>another</mark> one"),
    ],
)
def test_what_was_found_is_marked_and_all_else_is_text(piece, between, shown):
    assert marked(piece, between=between) == shown


def test_writing_without_spaces_between_words_is_known():
    assert [is_unsegmented(text) for text in ("集束弹药", "clearance", "ذخائر")] == [True, False, False]
