"""The page: self-contained, silent, safe, readable without scripts, on a phone and in the dark."""

from __future__ import annotations

import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest
from traitlets.config import Config

import demo
from atlas import blocks
from atlas.render import document, html
from atlas.render.html import AtlasHTMLExporter


class Page(HTMLParser):
    """Every element of a page with its attributes, and the text outside scripts and styles."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("script", "style"):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def made(**options: Any) -> str:
    page, _ = AtlasHTMLExporter().from_notebook_node(demo.notebook(**options))
    assert isinstance(page, str)
    return page


def test_the_build_makes_the_page_that_nbconvert_makes() -> None:
    assert html.render(document.read(demo.notebook())) == made()


@pytest.fixture(scope="module")
def source() -> str:
    return made()


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


def test_the_page_is_the_same_twice(source: str) -> None:
    assert made() == source


def test_nothing_is_loaded_from_anywhere(page: Page) -> None:
    loading = [(tag, name, value) for tag, attributes in page.elements for name, value in attributes.items()
               if name in ("src", "srcset", "data", "poster", "action", "background", "xlink:href")
               and not (value or "").startswith(("#", "data:image/"))]
    assert loading == []
    assert not {"link", "iframe", "object", "embed", "base", "form"} & {tag for tag, _ in page.elements}


def test_no_script_runs_and_the_policy_forbids_it(page: Page) -> None:
    assert [one.get("type") for one in page.all("script")] == ["application/ld+json"]
    policy = next(one["content"] for one in page.all("meta") if one.get("http-equiv") == "Content-Security-Policy")
    assert policy and "default-src 'none'" in policy and "script-src" not in policy
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_links_lead_to_pages_mail_parts_of_this_page_or_data(page: Page) -> None:
    for link in page.all("a"):
        href = link["href"] or ""
        assert re.match(r"https?://|mailto:|#|data:text/csv", href), href


def test_every_link_within_the_page_finds_its_target(page: Page) -> None:
    names = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    targets = {link["href"][1:] for link in page.all("a") if (link["href"] or "").startswith("#")}  # type: ignore[index]
    assert targets and targets <= names


def test_identifiers_are_unique(page: Page) -> None:
    names = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
    assert [name for name, count in names.items() if count > 1] == []


def test_hostile_text_reads_as_it_was_typed(page: Page) -> None:
    typed = '<script>alert(1)</script> #panic() $x$ “quoted” \\ @ref *not bold* it’s {{ 7*7 }} ]]> </script>'
    assert typed in page.text


def test_code_the_cover_of_the_notebook_and_warnings_stay_out(page: Page) -> None:
    for word in ("secret_code", "say()", "own title", "Not for the report", "nobody needs"):
        assert word not in page.text


def test_landmarks_and_headings_are_in_order(page: Page) -> None:
    assert [len(page.all(tag)) for tag in ("h1", "main", "nav", "header", "footer")] == [1, 1, 1, 1, 1]
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.all("html")[0]["lang"] == "en"
    assert page.all("a")[0]["href"] == "#report"


def test_the_contents_list_every_section(source: str) -> None:
    listed = re.findall(r'<li><a href="#section-[\w-]+">([^<]+)</a></li>', source)
    assert listed == ["Verdict board", "Relevance", "Method and sources", "An analyst’s own"]


def test_charts_have_a_finding_a_name_a_description_figures_and_a_download(source: str, page: Page) -> None:
    figures = re.findall(r'<figure class="chart">.*?</figure>', source, re.DOTALL)
    assert len(figures) == 2
    for figure in figures:
        assert "lowest spender in 2019" in figure
        assert 'role="img"' in figure and "<title" in figure and "<desc" in figure and ">Kazakhstan</text>" in figure
        assert '<details><summary>' in figure and 'download="military-spending.csv"' in figure
    assert any(",2019,2024%0AMoldova,0.4,0.6" in (link["href"] or "") for link in page.all("a"))


def test_tables_have_headers_with_a_scope(source: str) -> None:
    for table in re.findall(r"<table>.*?</table>", source, re.DOTALL):
        assert "<th" in table
    assert re.search(r'<th scope="row">Relevance</th>', source)


def test_verdicts_are_glyph_word_and_colour(source: str) -> None:
    assert '<span class="pill v-changed"><span aria-hidden="true">▲</span> no longer holds</span>' in source


def test_an_analysts_own_outputs_appear_safely(source: str, page: Page) -> None:
    assert "2.1 & more" in page.text and "printed = 'text'" in page.text and "42" in page.text
    assert any((one["src"] or "").startswith("data:image/png;base64,") and one["alt"] for one in page.all("img"))
    assert "<strong>Own</strong> Markdown" in source


def test_an_error_is_a_clear_box(source: str) -> None:
    assert 'class="failure"' in source
    assert "NoData: no figure for &lt;X&gt;" in source
    assert "\x1b" not in source


def test_claim_reviews_are_data_that_cannot_end_their_element(source: str) -> None:
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', source, re.DOTALL)
    graph = json.loads(text)["@graph"]
    reviews = [one for one in graph if one["@type"] == "ClaimReview"]
    assert [one["url"] for one in reviews] == ["#claim-DEM-2020-R17", "#claim-DEM-2020-R18", "#claim-DEM-2020-R19"]
    assert reviews[1]["reviewRating"]["alternateName"] == "contradicted at the time"
    assert reviews[0]["itemReviewed"]["author"] == {"@type": "Person", "name": "Jakob Wöllenstein"}
    assert reviews[2]["claimReviewed"].startswith("<script>")
    assert "<" not in text


def test_prose_whose_cells_said_nothing_is_left_out() -> None:
    notebook = demo.notebook(own=False)
    from nbformat import v4
    notebook.cells += [v4.new_markdown_cell("## Empty section"), v4.new_code_cell("show()"),
                       v4.new_markdown_cell("## Prose alone")]
    page, _ = AtlasHTMLExporter().from_notebook_node(notebook)
    assert "Empty section" not in page and "Prose alone" in page


def test_a_notebook_without_a_masthead_is_a_page_too() -> None:
    page = made(own=False, given=["# Own title\n\nText.", blocks.Note("A remark.")])
    assert "Own title" in page and "A remark." in page


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browser_shows_it_without_complaint(browser: Any, source: str, tmp_path: Path, width: int,
                                              scheme: str) -> None:
    place = tmp_path / "page.html"
    place.write_text(source, encoding="utf-8")
    shown = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    said: list[str] = []
    asked: list[str] = []
    shown.on("console", lambda message: said.append(message.text))
    shown.on("request", lambda request: asked.append(request.url))
    shown.goto(place.as_uri())
    assert said == []
    assert [url for url in asked if not url.startswith("data:")] == [place.as_uri()]
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    sizes = shown.evaluate("[...document.querySelectorAll('svg text')].map(one => one.getBoundingClientRect().height)")
    assert sizes and min(sizes) >= 8
    assert shown.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)" if scheme == "light" else "rgb(20, 23, 27)")
    shown.close()


@pytest.mark.slow
def test_the_first_stop_of_the_keyboard_skips_to_the_report(browser: Any, source: str, tmp_path: Path) -> None:
    place = tmp_path / "page.html"
    place.write_text(source, encoding="utf-8")
    shown = browser.new_page()
    shown.goto(place.as_uri())
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.textContent") == "Skip to the report"
    shown.keyboard.press("Enter")
    assert shown.evaluate("document.activeElement.id") == "report"
    shown.close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    place = tmp_path / "page.html"
    place.write_text(made(), encoding="utf-8")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    shown = context.new_page()
    shown.goto(place.as_uri())
    shown.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = axe.Axe().run(shown)
    assert found.violations_count == 0, found.generate_report()
    context.close()


def test_the_exporter_runs_a_notebook_before_it_reads_it() -> None:
    source = "from atlas.blocks import Masthead, Prose\ndisplay(Masthead('Arcadia', 'A'))\ndisplay(Prose(['It ran.']))"
    asked = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    exporter = AtlasHTMLExporter(config=Config({"ExecutePreprocessor": {"enabled": True, "kernel_name": "python3"}}))
    made, _ = exporter.from_notebook_node(asked)
    assert "It ran." in made and "<h1" in made
