"""The landing page: every country is found on it, with what the ledger counts and how its report stands."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from atlas import blocks, library, verdicts
from atlas.blocks import plain
from atlas.data import tables
from atlas.errors import WrongUse
from atlas.narrate import LandingPage
from atlas.narrate.finder import folded
from atlas.narrate.standing import told
from atlas.paths import NOTEBOOKS, ROOT
from atlas.render import document, execute, pdf
from atlas.render.html import AtlasHTMLExporter
from atlas.vocabulary import TONES, VERDICTS
from test_html import Page

ASSESSED = library.assessed()
STATES = " ".join(["NRU:fresh:html+pdf", "BLR:stale:html+pdf", "CHE:failed:html",
                   *(f"{iso3}:fresh:html+pdf" for iso3 in ASSESSED if iso3 not in ("BLR", "CHE", "SRB"))])
"""Serbia is missing, and a country without an assessment has a report."""


@cache
def landing(states: str = STATES) -> LandingPage:
    return LandingPage(states=states)


@cache
def directory(states: str = STATES) -> blocks.Directory:
    [found] = landing(states).finder()
    assert isinstance(found, blocks.Directory)
    return found


def row(iso3: str, states: str = STATES) -> dict[str, Any]:
    return next(dict(one) for one in directory(states).rows if iso3.lower() in one["find"].split())


def cell(iso3: str, name: str, states: str = STATES) -> str:
    place = [column["name"] for column in directory(states).columns].index(name)
    return plain(row(iso3, states)["cells"][place]["text"])


def links(content: Any) -> list[str]:
    if isinstance(content, dict):
        return [content["href"]] if "href" in content else [one for part in content.values() for one in links(part)]
    return [one for part in content for one in links(part)] if isinstance(content, list | tuple) else []


def test_every_state_stands_in_the_table_or_in_the_list_of_others() -> None:
    states = {one.iso3 for one in tables().countries.values() if one.kind == "state"}
    assert len(directory().rows) == len(ASSESSED) + 1
    assert len(directory().rows) + len(directory().others) == len(states)
    assert cell("NRU", "Verdicts") == "no assessment, data only"


@pytest.mark.parametrize("iso3", ASSESSED)
def test_a_row_counts_what_the_ledger_counts(iso3: str) -> None:
    rows = verdicts.ledger(iso3).rows
    tones = Counter(VERDICTS[one.verdict].tone for one in rows)
    assert cell(iso3, "Claims") == str(len(rows))
    assert cell(iso3, "Verdicts") == " ".join(f"{TONES[tone][0]} {tones[tone]}" for tone in TONES if tones[tone])


def test_the_age_is_that_of_figures_not_of_events() -> None:
    one = next(one for one in landing().standings if one.iso3 == "BLR")
    read = [found for found in one.ledger.rows
            if found.now and found.now.period and any("indicator" in check.keys for check in found.claim.check)]
    assert len(one.years) == len(read) > 10
    assert cell("BLR", "Figures of").startswith(str(max(int(each.now.period.split("/")[-1][:4]) for each in read
                                                        if each.now)))


@pytest.mark.parametrize(("iso3", "said", "files"), [
    ("BLR", "HTML PDF stale", ["BLR/country.html", "BLR/country.html", "BLR/country.pdf"]),
    ("CHE", "HTML failed", ["CHE/country.html", "CHE/country.html"]),
    ("SRB", "missing", []), ("NRU", "HTML PDF fresh", ["NRU/country.html"] * 2 + ["NRU/country.pdf"])])
def test_a_report_is_linked_as_far_as_it_is_there_and_says_how_it_stands(iso3: str, said: str,
                                                                        files: list[str]) -> None:
    assert cell(iso3, "Report") == said
    assert links(row(iso3)["cells"]) == files


def test_without_being_told_no_state_is_claimed() -> None:
    assert cell("BLR", "Report", "") == "HTML PDF not known"
    assert "not known" in plain(landing("").states()[0].paragraphs[0])  # type: ignore[attr-defined]
    said = " ".join(map(plain, landing().states()[0].paragraphs))  # type: ignore[attr-defined]
    assert "Failed: the last attempt" in said and "not known" not in said


@pytest.mark.parametrize("text", ["BLR", "BLR:fresh", "BLR:well:html"])
def test_states_in_another_form_are_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="expected code:state:formats, as in BLR:fresh:html"):
        told(text)


@pytest.mark.parametrize(("given", "message"), [
    ({"language": "fr"}, "expected one of en"), ({"as_of": "May 2020"}, "is no date")])
def test_a_parameter_that_is_not_understood_says_what_was_expected(given: dict[str, str], message: str) -> None:
    with pytest.raises(WrongUse, match=message):
        LandingPage(**given)


def test_a_page_of_the_past_counts_only_texts_of_that_time() -> None:
    then = LandingPage(as_of="2020-12-31")
    assert 0 < len(then.claims) < len(landing().claims)
    assert all(one.assessment.written < "2021" for one in then.claims)


@pytest.mark.parametrize(("typed", "iso3"), [
    ("Weißrussland", "BLR"), ("Belarus", "BLR"), ("blr", "BLR"), ("Schweiz", "CHE"), ("security", "BLR"),
    ("Sicherheit", "BLR"), ("Europe", "SRB")])
def test_a_row_is_found_by_names_codes_interest_and_region(typed: str, iso3: str) -> None:
    assert f" {folded(typed)}" in f" {row(iso3)['find']}"


@pytest.mark.parametrize(("typed", "name"), [
    ("Großbritannien", "United Kingdom"), ("sao tome", "São Tomé and Príncipe"), ("Turkey", "Türkiye"),
    ("danemark", "Denmark"), ("daenemark", "Denmark"), ("Norwegen", "Norway")])
def test_a_state_without_an_assessment_is_found_with_a_hint(typed: str, name: str) -> None:
    found = [one for one in directory().others if f" {folded(typed)}" in f" {one['find']}"]
    assert [one["name"] for one in found] == [name]
    code = next(one.iso3 for one in tables().countries.values() if one.name == name)
    assert f"atlas render {code}" in found[0]["hint"]


@pytest.mark.parametrize("typed", ["Elfenbeinküste", "Cote d'Ivoire", "ivory coast", "Côte d’Ivoire", "CIV"])
def test_accents_and_apostrophes_do_not_matter(typed: str) -> None:
    found = [one["find"] for one in (*directory().rows, *directory().others)
             if f" {folded(typed)}" in f" {one['find']}"]
    assert len(found) == 1 and "civ" in found[0].split()


def test_aliases_are_of_states_and_say_something_new() -> None:
    aliases = yaml.safe_load((ROOT / "data/reference/aliases.yaml").read_text("utf-8"))
    for iso3, names in aliases.items():
        one = tables().country(iso3)
        assert one.kind == "state"
        assert one.name not in names and one.name_de not in names


def test_the_grid_has_one_cell_a_region_and_interest_and_marks_those_without_a_chapter() -> None:
    [prose, table] = landing().grid()
    assert isinstance(table, blocks.Table) and isinstance(prose, blocks.Prose)
    regions = [one for one in table.rows if isinstance(one[0], str)]
    assert [len(one) for one in regions] == [6] * 5
    cells = [plain(each) for one in regions for each in one[1:]]
    filed = {(one.iso3, interest) for one in landing().standings for interest in one.interests}
    for at, each in zip(tables().grid, cells, strict=True):
        assert each.startswith(tables().country(at["iso3"]).name)
        assert each.endswith("data only") == ((at["iso3"], at["interest"]) not in filed)
    assert "all five interests" in plain(prose.paragraphs[0])


def test_chapters_that_later_editions_added_stand_below_their_region() -> None:
    table = landing().grid()[1]
    assert isinstance(table, blocks.Table)
    below = [" ".join(map(plain, one[1:])) for one in table.rows if "added later" in plain(one[0])]
    inside = {(one["iso3"], one["interest"]) for one in tables().grid}
    added = [one.country.name for one in landing().standings for interest in one.interests
             if (one.iso3, interest) not in inside]
    assert added and all(any(name in text for text in below) for name in added)


def test_the_map_leads_to_every_report_that_there_is() -> None:
    [chart] = landing().map()
    assert isinstance(chart, blocks.Chart)
    shown = {one["href"] for one in chart.links.values()}
    assert shown == {one.page for one in landing().standings if one.chapters and one.page}
    said = {one["text"] for one in chart.links.values() if one["text"]}
    assert "Switzerland: trade and values, report failed" in said
    assert "Crimea" in plain(chart.source) and "Kosovo" in plain(chart.source)
    assert [cells[0] for cells in chart.rows if cells[1] == "BLR"] == ["Belarus"]


def test_each_interest_has_three_to_six_declared_indicators_with_what_a_card_needs() -> None:
    cards = landing().cards()
    assert len(cards) == 5
    for one in cards:
        assert isinstance(one, blocks.Table) and 3 <= len(one.rows) <= 6
        for cells in one.rows:
            assert all(plain(each) for each in cells)
            assert plain(cells[2]) in ("↑ higher", "↓ lower", "– neither")


def test_a_card_does_not_contradict_the_codebook() -> None:
    for card in landing().tables.cards.values():
        for entry in card:
            good = tables().indicator(entry["indicator"]).good
            assert good is None or {"up": "higher", "down": "lower"}[good] == entry["direction"], entry["indicator"]


@pytest.fixture(scope="module")
def ran() -> Any:
    """The notebook as the build runs it."""
    return execute.execute(NOTEBOOKS / "index.ipynb", {"states": STATES})


@pytest.fixture(scope="module")
def source(ran: Any) -> str:
    return str(AtlasHTMLExporter().from_notebook_node(ran)[0])


@pytest.mark.slow
def test_the_page_is_small_and_allows_its_one_script_and_nothing_else(source: str) -> None:
    assert len(source.encode()) < 600_000
    page = Page(source)
    [script] = re.findall(r"<script>(.*?)</script>", source, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = next(one["content"] for one in page.all("meta") if one.get("http-equiv") == "Content-Security-Policy")
    assert policy and re.findall(r"script-src ([^;]*);", policy) == [f"'sha256-{digest}'"]
    assert "default-src 'none'" in policy
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert not {"link", "iframe", "object", "embed", "base", "form"} & {tag for tag, _ in page.elements}


@pytest.mark.slow
def test_links_lead_to_reports_beside_the_page(source: str) -> None:
    for link in Page(source).all("a"):
        href = link["href"] or ""
        assert re.fullmatch(r"[A-Z]{3}/country\.(html|pdf)|#[\w-]+|data:text/csv.*|https?://.*", href, re.DOTALL), href


@pytest.mark.slow
def test_the_pdf_of_the_page_holds_the_table(ran: Any) -> None:
    assert pdf.render(document.read(ran)).startswith(b"%PDF")


@pytest.fixture
def place(source: str, tmp_path: Path) -> Path:
    path = tmp_path / "index.html"
    path.write_text(source, encoding="utf-8")
    return path


@pytest.fixture
def shown(browser: Any, place: Path) -> Iterator[Any]:
    """The page in a browser; whatever it complains of or asks for fails the test."""
    page = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(place.as_uri())
    yield page
    assert said == []
    assert [url for url in asked if not url.startswith("data:")] == [place.as_uri()]
    page.close()


def visible(page: Any) -> list[str]:
    return page.evaluate("""[...document.querySelectorAll('.directory tbody tr')].filter(row => row.offsetParent)
        .map(row => row.cells[0].innerText.split('\\n')[0])""")


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "left"), [
    ("Weißrussland", ["Belarus"]), ("Belarus", ["Belarus"]), ("BLR", ["Belarus"]), ("schweiz", ["Switzerland"]),
    ("russ", ["Russia"]), ("UKRAINE values", ["Ukraine"])])
def test_a_reader_finds_a_country_in_one_step(shown: Any, typed: str, left: list[str]) -> None:
    shown.get_by_label("Name, code, region or interest").fill(typed)
    assert visible(shown) == left
    assert shown.inner_text(".said").startswith(f"1 of {len(ASSESSED) + 1} in the table.")


@pytest.mark.slow
def test_an_interest_leaves_its_countries(shown: Any) -> None:
    wanted = sorted(one.country.name for one in landing().standings if "security" in one.interests)
    shown.get_by_label("Name, code, region or interest").fill("security")
    assert visible(shown) == wanted
    shown.get_by_label("Name, code, region or interest").press("Escape")
    assert len(visible(shown)) == len(ASSESSED) + 1
    shown.get_by_role("button", name="Security").click()
    assert visible(shown) == wanted
    assert shown.get_by_role("button", name="Security").get_attribute("aria-pressed") == "true"


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "said"), [("Norwegen", "atlas render NOR"), ("Turkey", "atlas render TUR"),
                                             ("sao tome", "atlas render STP"), ("xyzzy", "Try the English")])
def test_a_country_that_is_not_there_gets_a_helpful_line(shown: Any, typed: str, said: str) -> None:
    shown.get_by_label("Name, code, region or interest").fill(typed)
    assert visible(shown) == [] and said in shown.inner_text(".said")
    assert shown.evaluate("document.querySelector('.others').open") == (typed != "xyzzy")


@pytest.mark.slow
def test_a_heading_sorts_and_says_so_with_mouse_and_keyboard(shown: Any) -> None:
    header = shown.locator(".directory").get_by_role("columnheader", name="Claims")
    header.get_by_role("button").click()
    assert header.get_attribute("aria-sort") == "ascending"
    counts = shown.evaluate("""[...document.querySelectorAll('.directory tbody tr')]
        .map(row => Number(row.cells[4].dataset.value))""")
    assert counts == sorted(counts) and len(set(counts)) > 2
    shown.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") == "descending"
    assert visible(shown)[0] == max(landing().standings, key=lambda one: len(one.ledger.rows)).country.name
    assert shown.locator("th[aria-sort=ascending]").count() == 0


@pytest.mark.slow
def test_a_country_on_the_map_can_be_reached_and_seen_by_keyboard(shown: Any) -> None:
    shown.locator("svg a[aria-label^=Belarus]").focus()
    shown.keyboard.press("Tab")
    shown.keyboard.press("Shift+Tab")
    assert shown.evaluate("document.activeElement.getAttribute('href')") == "BLR/country.html"
    stroke = shown.evaluate("getComputedStyle(document.activeElement.querySelector('use, path')).strokeWidth")
    assert stroke == "3px"


@pytest.mark.slow
def test_without_scripts_the_table_is_whole(browser: Any, place: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(place.as_uri())
    assert page.locator(".directory tbody tr:visible").count() == len(ASSESSED) + 1
    assert not page.locator(".finder").is_visible()
    page.locator(".others summary").click()
    assert page.locator(".others li:visible").count() == len(directory().others)
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_and_nothing_is_cut(browser: Any, place: Path, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(place.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()


@pytest.mark.slow
def test_the_page_and_the_package_fold_words_alike(shown: Any) -> None:
    names = [name for one in tables().countries.values() for name in (one.name, one.name_de)]
    script = (ROOT / "notebooks/atlas/blocks/directory.js").read_text("utf-8")
    fold = re.search(r"const fold = (.*?);\n  const", script, re.DOTALL)
    assert fold
    assert shown.evaluate(f"{json.dumps(names)}.map({fold[1]})") == list(map(folded, names))


def test_all_ledgers_take_seconds() -> None:
    start = time.perf_counter()
    LandingPage()
    assert time.perf_counter() - start < 10
