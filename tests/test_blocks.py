"""Blocks: what a cell puts out, and that nothing in it can act."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import numpy as np
import pytest

import demo
from atlas import blocks
from atlas.blocks import html, svg
from atlas.vocabulary import TONES, VERDICTS

BLOCKS = [part for part in demo.parts() if isinstance(part, blocks.Block)]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.kind)
def test_a_block_is_plain_json_html_and_text(block: blocks.Block) -> None:
    bundle = block._repr_mimebundle_()
    assert json.loads(json.dumps(bundle[blocks.MIME], allow_nan=False)) == bundle[blocks.MIME]
    assert bundle["text/html"].startswith('<div class="atlas">')
    assert isinstance(bundle["text/plain"], str)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.kind)
def test_a_block_is_the_same_twice(block: blocks.Block) -> None:
    assert block._repr_mimebundle_() == block._repr_mimebundle_()


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.kind)
def test_hostile_text_never_becomes_an_element(block: blocks.Block) -> None:
    made = html.fragment(block.to_json())
    assert "<script" not in made
    assert "javascript:" not in made.lower()


def test_text_appears_with_everything_in_it_escaped() -> None:
    made = html.fragment(blocks.Prose([demo.HOSTILE]).to_json())
    assert "&lt;script&gt;alert(1)&lt;/script&gt; #panic()" in made
    assert "{{ 7*7 }}" in made


def test_an_unknown_verdict_fails_where_it_is_written() -> None:
    with pytest.raises(KeyError, match="hold"):
        blocks.pill("hold")


def test_an_object_that_is_not_plain_says_what_a_block_holds() -> None:
    with pytest.raises(TypeError, match="a block holds text, numbers and lists, not object"):
        blocks.Prose([object()]).to_json()  # type: ignore[list-item]


def test_numbers_of_numpy_and_gaps_become_plain() -> None:
    chart = demo.chart(rows=[["x", np.float64(1.5), float("nan")], ["y", np.int64(3), None]])
    assert chart.to_json()["rows"] == [["x", 1.5, None], ["y", 3, None]]


def test_a_lone_run_is_a_text() -> None:
    made = html.fragment(blocks.Note(blocks.link("here", "https://example.org")).to_json())
    assert '<a href="https://example.org">here</a>' in made
    assert blocks.plain(blocks.strong("bold")) == "bold"


@pytest.mark.parametrize("href", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x",
                                  "java\tscript:alert(1)", "//host/x", "file:///etc/passwd"])
def test_addresses_that_act_or_lead_elsewhere_are_dropped(href: str) -> None:
    assert html.safe_address(href) == ""


@pytest.mark.parametrize("href", ["https://example.org/a?b=c#d", "mailto:a@example.org", "#claim-1", "country.ipynb",
                                  "claims.csv", "../CHE/country.html"])
def test_addresses_of_pages_are_kept(href: str) -> None:
    assert html.safe_address(href) == href


def test_a_link_to_a_missing_card_is_plain_text() -> None:
    note = blocks.Note([blocks.claim("A-1"), blocks.claim("A-2")]).to_json()
    assert html.fragment(note, anchors={"claim-A-1"}).count("<a ") == 1


def test_two_drawings_on_a_page_share_no_identifier() -> None:
    chart = demo.chart().to_json()
    first, second = (set(re.findall(r'\bid="([^"]+)"', html.fragment(chart, key))) for key in ("p1", "p2"))
    assert first and second and not first & second


def test_every_reference_inside_a_drawing_finds_its_target() -> None:
    made = html.fragment(demo.chart().to_json(), "p1")
    names = set(re.findall(r'\bid="([^"]+)"', made))
    assert set(re.findall(r"url\(#([^)]+)\)", made)) | set(re.findall(r'xlink:href="#([^"]+)"', made)) <= names


def test_a_drawing_carries_its_name_its_description_and_text_as_text() -> None:
    drawn = svg.inline(demo.svg(), "k", "The finding", "What is seen", {"#0b5cad": "accent"})
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "k-title k-desc"
    assert [child.text for child in root[:2]] == ["The finding", "What is seen"]
    assert "Kazakhstan" in drawn and "var(--accent)" in drawn
    assert "#0b5cad" not in drawn


def test_a_drawing_loses_what_acts_or_loads() -> None:
    made = svg.standalone('<svg xmlns="http://www.w3.org/2000/svg" onload="x()" '
                          'xmlns:xlink="http://www.w3.org/1999/xlink">'
                          '<script>x()</script><style>@import "http://h/x"</style><foreignObject/>'
                          '<a xlink:href="http://h"><path d="M0 0"/></a><image href="http://h/x.png"/>'
                          '<rect style="fill:url(http://h/x)" onclick="x()" width="1"/></svg>')
    assert "h/x" not in made and "x()" not in made and "http://h" not in made
    assert 'width="1"' in made


LINKED = ('<svg xmlns="http://www.w3.org/2000/svg" width="10pt"><g id="a"><path d="M0 0"/></g>'
          '<g id="b"><path d="M1 1"/></g><a href="x.html"><path d="M2 2"/></a></svg>')


def test_groups_of_a_drawing_become_links_that_say_where_they_lead() -> None:
    made = svg.inline(LINKED, "k", "Map", "A map", {}, {"a": {"href": "BLR/country.html", "text": 'Belarus "x"'},
                                                      "b": {"href": "CHE/country.html", "text": ""}})
    links = ElementTree.fromstring(made).findall(f"{{{svg.NAMESPACE}}}a")
    assert [(one.get("href"), one.get("aria-label"), one.get("tabindex")) for one in links] == [
        ("BLR/country.html", 'Belarus "x"', None), ("CHE/country.html", None, "-1")]
    assert ElementTree.fromstring(made).get("role") == "group"
    assert "x.html" not in made, "what a drawing brings itself is not followed"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "https://example.org/x.html", "//h/x.html", "/etc/x.html",
                                  "data:text/html,x.html", "../../x.html", "a b.html"])
def test_a_drawing_links_to_nothing_but_pages_beside_it(href: str) -> None:
    made = svg.inline(LINKED, "k", "Map", "A map", {}, {"a": {"href": href, "text": "Map"}})
    assert "<a" not in made and 'role="img"' in made


def test_a_bar_has_a_stretch_and_words_for_each_tone() -> None:
    made = html.fragment(blocks.Prose([[blocks.bar(["holds", "holds", "stale", "reversed"])]]).to_json())
    stretches = re.findall(r'class="v-(\w+)" style="flex-grow:(\d)"', made)
    assert stretches == [("good", "2"), ("changed", "1"), ("mute", "1")]
    assert '<span aria-hidden="true">▲</span> 1<span class="unseen"> no longer so, or reversed</span>' in made
    assert set(TONES) == {verdict.tone for verdict in VERDICTS.values()}


def directory() -> blocks.Directory:
    cells = [{"text": [blocks.link(demo.HOSTILE, "A/x.html")], "sort": demo.HOSTILE}, {"text": "3", "sort": 3}]
    return blocks.Directory("Countries", [{"name": "Country", "sort": "text"}, {"name": "Claims", "sort": "number"}],
                            [{"find": demo.HOSTILE, "tags": ["trade"], "cells": cells}], [("trade", demo.HOSTILE)],
                            [{"name": "B", "text": demo.HOSTILE, "find": "b", "hint": demo.HOSTILE}], demo.HOSTILE)


def test_a_directory_is_a_whole_table_and_nothing_in_it_acts() -> None:
    bundle = directory()._repr_mimebundle_()
    assert json.loads(json.dumps(bundle[blocks.MIME], allow_nan=False)) == bundle[blocks.MIME]
    assert "<script" not in bundle["text/html"] and "<th scope=\"row\"" in bundle["text/html"]
    assert demo.HOSTILE in bundle["text/plain"] and "Country\tClaims" in bundle["text/plain"]


def test_what_is_no_drawing_is_refused() -> None:
    with pytest.raises(ValueError, match="not a drawing"):
        svg.standalone("<html/>")
    with pytest.raises(ValueError, match="not a drawing"):
        svg.standalone("<svg")


def test_tones_of_all_verdicts_have_a_colour() -> None:
    assert {verdict.tone for verdict in VERDICTS.values()} <= set(html.palette())


def test_the_page_and_the_charts_use_one_palette() -> None:
    style = pytest.importorskip("atlas.charts.style")
    assert style.palette().items() <= html.palette().items()


def test_every_scheme_declares_every_colour() -> None:
    declared = [set(re.findall(r"--([\w-]+):\s*#", rule)) for rule in html.stylesheet().split("}") if "--ink:" in rule]
    assert len(declared) == 4
    assert all(names == set(html.palette()) for names in declared)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2."""
    def light(colour: str) -> float:
        parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    high, low = sorted((light(first), light(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_text_stands_out_from_the_paper_in_both_schemes() -> None:
    for rule in (one for one in html.stylesheet().split("}") if "--ink:" in one):
        colours = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", rule))
        for name in ("ink", "soft", "accent", "good", "changed", "wrong", "mixed", "mute"):
            assert contrast(colours[name], colours["paper"]) >= 4.5, name
        for name in ("peer", "hue2", "hue3", "hue4"):
            assert contrast(colours[name], colours["paper"]) >= 3, name
