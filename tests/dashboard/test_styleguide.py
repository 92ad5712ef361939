"""The look: every component is shown, in both directions, within the rules that keep it light and legible."""

import gzip
import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from ccm_portal.core.management.commands import build_static
from ccm_portal.core.templatetags import drawings, portal

TEMPLATES = Path(settings.BASE_DIR) / "templates"
CSS = Path(settings.BASE_DIR) / "static" / "css"
# Parts of a page that the style guide cannot show apart, or that other components hold.
SHOWN_WITH_A_PAGE = {"form", "form_problems", "person_bar", "mark", "last_answer", "page_header"}


class Reader(HTMLParser):
    """Collects what the tests ask about."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.described: set[str] = set()
        self.labelled: set[str] = set()
        self.fields: list[dict] = []
        self.inline: list[str] = []
        self.sections: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        self.described |= set(given.get("aria-describedby", "").split())
        if tag == "label":
            self.labelled.add(given.get("for"))
        if tag in {"input", "select", "textarea"} and given.get("type") != "hidden":
            self.fields.append(given)
        if tag in {"script", "style"} or "style" in given or any(name.startswith("on") for name in given):
            self.inline.append(tag)
        if "specimens" in given.get("class", ""):
            self.sections.append((given["dir"], given["class"]))


@pytest.fixture
def page(client):
    answer = client.get("/styleguide/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_style_guide_shows_both_directions_and_the_dark_scheme(page):
    assert Reader(page).sections == [("ltr", "specimens"), ("rtl", "specimens"), ("ltr", "specimens scheme-dark")]


def test_every_component_is_in_the_style_guide():
    text = (TEMPLATES / "styleguide" / "specimens.html").read_text()
    shown = set(re.findall(r"components/(\w+)\.html", text))
    drawn = {"tile_map": "tile_map", "progress": "time_clock", "chart_bars": "chart_bars", "chart_line": "chart_line"}
    shown |= {name for name, tag in drawn.items() if f"{{% {tag} " in text}
    assert {path.stem for path in (TEMPLATES / "components").glob("*.html")} - shown == SHOWN_WITH_A_PAGE


def test_a_page_has_no_inline_script_or_style_and_no_id_twice(page):
    read = Reader(page)
    assert read.inline == []
    assert [name for name, times in Counter(read.ids).items() if times > 1] == []


def test_no_link_of_the_page_leads_nowhere(page):
    assert 'href=""' not in page and 'action=""' not in page


def test_a_reading_page_loads_one_stylesheet_and_no_script(client, db):
    home = client.get("/").content.decode()
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', home) == ["/static/build/portal.css"]
    assert "<script" not in home


def test_every_field_has_a_label_and_every_description_exists(page):
    read = Reader(page)
    assert read.described <= set(read.ids)
    nameless = [f for f in read.fields if f.get("id") not in read.labelled and "aria-label" not in f]
    assert nameless == []


def test_the_stylesheet_of_readers_is_well_under_40_kilobytes():
    css = build_static.stylesheet(CSS)
    assert len(css.encode()) < 40_000
    assert len(gzip.compress(css.encode())) < 10_000
    assert css.startswith("@layer tokens,base,layout,components,pages,print;")
    assert css.count("{") == css.count("}")


def test_joining_the_stylesheets_leaves_strings_alone():
    css = '/* a { b } */ a::before { content: "\\2713  ; { }" ; color : red ; }\n.b :focus > c { margin: 0 auto; }'
    assert build_static.minified(css) == 'a::before{content:"\\2713  ; { }";color : red}.b :focus > c{margin:0 auto}'


def test_every_stylesheet_stands_in_a_layer_and_no_side_is_left_or_right():
    physical = re.compile(
        r"(?<![-\w])(?:margin|padding|border)-(?:left|right)|(?<![-\w])(?:left|right)\s*:|float:\s*(?:left|right)"
    )
    for path in [path for bundle in build_static.BUNDLES for path in build_static.sources(CSS, bundle)]:
        css = build_static.COMMENT.sub("", path.read_text())
        assert "@layer" in css, path.name
        assert physical.findall(css) == [], path.name


# -- Colours: WCAG 2.2 AA in both schemes, computed from the tokens ---------------------------------------------
WORDS_ON = {
    "paper": ("ink", "ink-soft", "brand", "signal", "good", "warn", "bad"),
    "wash": ("ink", "ink-soft", "brand", "signal", "good", "warn", "bad"),
    "tint": ("ink", "ink-soft", "brand"),
    "brand": ("paper",),
    "good": ("paper",),
    "bad": ("paper",),
    "brand-mid": ("ink",),
    "brand-deep": ("on-deep", "on-deep-soft"),
}
SHAPES_ON = {"paper": ("edge", "signal"), "wash": ("edge", "signal"), "brand-deep": ("on-deep-signal",)}


def tokens(scheme: int) -> dict[str, str]:
    css = (CSS / "tokens.css").read_text()
    found = dict(re.findall(r"--([\w-]+): (#\w{6});", css))
    for name, *pair in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css):
        assert found[name] == pair[0], f"{name} differs for browsers without light-dark()"
        found[name] = pair[scheme]
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_and_shapes_stand_out_from_what_they_stand_on(scheme):
    colours = tokens(scheme)
    faint = [
        (upper, lower, round(ratio(colours[upper], colours[lower]), 2))
        for table, least in ((WORDS_ON, 4.5), (SHAPES_ON, 3))
        for lower, uppers in table.items()
        for upper in uppers
        if ratio(colours[upper], colours[lower]) < least
    ]
    assert faint == []


# -- Tags ---------------------------------------------------------------------------------------------------------
def test_the_languages_lead_to_the_same_page_and_keep_the_query():
    context = Context({"request": RequestFactory().get("/fr/states/?group=africa")})
    with translation.override("fr"):
        found = [(tongue["tag"], tongue["url"], tongue["active"]) for tongue in portal.languages(context)]
    assert found == [
        ("ar", "/ar/states/?group=africa", False),
        ("zh-Hans", "/zh-hans/states/?group=africa", False),
        ("en", "/states/?group=africa", False),
        ("fr", "/fr/states/?group=africa", True),
        ("ru", "/ru/states/?group=africa", False),
        ("es", "/es/states/?group=africa", False),
    ]


def test_changing_the_page_keeps_the_filter():
    template = Template("{% load portal %}{% query_with page=3 %}|{% query_with year=None %}")
    context = Context({"request": RequestFactory().get("/reports/?year=2025&page=2")})
    assert template.render(context) == "?year=2025&amp;page=3|?page=2"


def test_the_navigation_says_where_one_is():
    context = Context({"request": RequestFactory().get("/states/lebanon/")})
    assert portal.current(context, "/states/lebanon/") == 'aria-current="page"'
    assert portal.current(context, "/states/") == 'aria-current="true"'
    assert portal.current(context, "/reports/") == ""


def test_the_map_draws_each_state_once_and_counts_them():
    rows = [
        {
            "col": 18,
            "row": 5,
            "code": "AFG",
            "name": "Afghanistan",
            "status": "state_party",
            "words": "party",
            "url": "/a",
        },
        {
            "col": 11,
            "row": 13,
            "code": "AGO",
            "name": "Angola",
            "status": "signatory",
            "words": "signatory",
            "url": "/b",
        },
    ]
    drawn = drawings.tile_map(id="m", label="x", rows=rows, legend=[("state_party", "party"), ("withdrawn", "gone")])
    assert [(tile["code"], tile["x"], tile["y"], tile["tone"]) for tile in drawn["tiles"]] == [
        ("AFG", 211, 1, "full"),
        ("AGO", 1, 241, "half"),
    ]
    assert drawn["legend"] == [
        {"tone": "full", "words": "party", "count": 1},
        {"tone": "struck", "words": "gone", "count": 0},
    ]


@pytest.mark.parametrize(("language", "places"), [("en", ["0", "50", "100"]), ("ar", ["100", "50", "0"])])
def test_time_runs_from_the_readers_side(language, places):
    days = [date(2010, 1, 1), date(2015, 1, 1), date(2020, 1, 1)]
    with translation.override(language):
        clock = drawings.time_clock(
            label="x", start=days[0], end=days[2], today=days[1], marks=[{"day": day, "words": ""} for day in days]
        )
    assert [mark["x"] for mark in clock["marks"]] == places


def test_a_line_breaks_where_nothing_is_known_and_decimals_stay_readable_to_svg():
    with translation.override("fr"):
        chart = drawings.chart_line(title="x", xs=[1, 2, 3, 4], series=[{"label": "a", "values": [1, 2.5, None, 4]}])
    (series,) = chart["series"]
    assert series["pieces"] == ["0,75 33.33,37.5"]
    assert series["dots"] == [("0", "75"), ("33.33", "37.5"), ("100", "0")]


def test_a_bar_of_an_unknown_figure_is_said_in_words():
    page = Template("{% load drawings %}{% chart_bars title='t' rows=rows %}").render(
        Context({"rows": [{"label": "a", "number": 4}, {"label": "b", "number": None}, {"label": "c", "number": 0}]})
    )
    assert re.findall(r'width="([\d.]+%)" height', page) == ["100%", "0%"]
    assert "not known" in page
