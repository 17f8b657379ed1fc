"""The options report: what it says, how loudly it says what is made up, and which names it understands."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import v4
from pypdf import PdfReader

from atlas import paths
from atlas.blocks import Block, Chart, Note, Prose, Table, plain
from atlas.data import tables
from atlas.errors import WrongUse
from atlas.options import sliders, smaa
from atlas.options.report import OptionsReport
from atlas.render import accepted, document, keys, plan
from tinies import DATA

SECTIONS = [name for name, found in vars(OptionsReport).items() if callable(found) and not name.startswith("_")]


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of the test's own with the options on Arcadia."""
    root = Path(shutil.copytree(DATA, tmp_path / "data"))
    monkeypatch.setenv("ATLAS_DATA", str(root))
    tables.cache_clear()
    yield root
    tables.cache_clear()


@pytest.fixture(scope="module")
def belarus() -> OptionsReport:
    return OptionsReport("BLR", draws=20_000)


def blocks(report: OptionsReport) -> list[Block]:
    return [block for name in SECTIONS for block in getattr(report, name)()]


def said(found: list[Block]) -> str:
    return "\n".join("\n".join(block._words()) for block in found)


def test_every_chart_says_how_many_cells_are_made_up(belarus: OptionsReport) -> None:
    panel, size = belarus.subject.count("panel"), belarus.subject.size
    charts = [block for block in blocks(belarus) if isinstance(block, Chart)]
    assert len(charts) >= 7
    assert all(f"PANEL: {panel} of {size} cells are a made-up example" in plain(chart.source) for chart in charts)


def test_every_cell_of_the_panel_is_marked_in_both_tables(belarus: OptionsReport) -> None:
    for found in (belarus.consequences(), belarus.every_cell()):
        cells = [plain(cell) for block in found if isinstance(block, Table) for row in block.rows for cell in row]
        assert sum("PANEL" in cell for cell in cells) == belarus.subject.count("panel")


def test_the_first_page_and_the_close_say_so_too(belarus: OptionsReport) -> None:
    panel, size = belarus.subject.count("panel"), belarus.subject.size
    notes = [block for block in belarus.masthead() if isinstance(block, Note) and block.tone == "warn"]
    assert f"{panel} of {size} cells are a made-up example" in plain(notes[0].text)
    assert f"{panel} of {size} cells are the panel's" in said(belarus.who())


def test_each_sourced_cell_shows_a_link_and_each_text_cell_its_place(belarus: OptionsReport) -> None:
    rows = [row for block in belarus.every_cell() if isinstance(block, Table) for row in block.rows]
    for row in rows:
        origin = plain(row[2])
        runs = row[4] if isinstance(row[4], list) else []
        links = [run for run in runs if isinstance(run, dict) and run["t"] == "link"]
        assert bool(links) == (origin == "source"), row
        assert origin != "text" or "paragraph" in plain(row[4])


def test_it_says_that_the_texts_own_cells_would_only_restate_the_author(belarus: OptionsReport) -> None:
    told = said(belarus.silence())
    assert "would only restate the author" in told and "A rival reading." in told
    assert "Of isolation it says three things against it and one thing neither way; it is silent on seven." in told


def test_no_line_names_a_winner(belarus: OptionsReport) -> None:
    told = said(blocks(belarus)).casefold()
    assert not [word for word in ("winner", "best option", "we recommend", "should choose") if word in told]
    closing = [plain(text) for block in belarus.who() if isinstance(block, Prose) for text in block.paragraphs]
    chosen = [text for text in closing if text.startswith("You would choose")]
    assert len(chosen) >= 2 and all("instead of" in text and " less " in text for text in chosen)
    assert any("if you care more than most about sanctions on Russia" in text for text in chosen)


def test_the_bottom_line_says_how_much_of_the_leading_option_is_made_up(belarus: OptionsReport) -> None:
    told = said(belarus.in_brief())
    assert belarus.subject.options[belarus.subject.order[0]].id == "easing"
    assert "Mind that phased easing is not in the text, and it owes seven of its eleven cells to the panel." in told


def test_the_error_of_the_draws_is_printed(belarus: OptionsReport) -> None:
    assert "standard error of a share is at most" in said(belarus.places())
    assert f"in {smaa.BATCHES} batches" in said(belarus.places())


def test_another_file_renders_by_the_same_sections(tiny: Path) -> None:
    for weights, scenario in (("", ""), ("calm_first", "storm"), ("trade=1", "all"), ("honour > calm", "all")):
        told = said(blocks(OptionsReport("AAA", weights=weights, scenario=scenario, draws=2_000)))
        assert "Belarus" not in told and "Arcadia" in told
    assert "nobody says" in said(OptionsReport("AAA", draws=2_000).consequences())


def test_with_fixed_weights_it_speaks_of_scores_and_not_of_ways_of_caring() -> None:
    report = OptionsReport("BLR", weights="prisoners=3, other=1", draws=2_000)
    assert said(report.in_brief()).startswith("With these weights only the scores are open")
    assert "Everybody is taken" in said(report.profiles()) or "everybody is taken" in said(report.profiles())
    assert said(report.who()).startswith("With the weights fixed only the scores decide")


def test_a_file_with_one_scenario_and_no_panel_renders_too(tiny: Path) -> None:
    path = tiny / "options" / "AAA-2020.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  - id: storm"), text.index("cells:")
    text = text[:start] + text[end:]
    path.write_text("\n".join(line for line in text.splitlines() if "origin: panel" not in line), encoding="utf-8")
    told = said(blocks(OptionsReport("AAA", draws=2_000)))
    assert "PANEL" not in told and "one scenario only" in told


@pytest.mark.parametrize(("given", "message"), [
    ({"country": "BBB"}, "no policy options are on file for BBB"),
    ({"country": "AAA", "weights": "calm_frist"}, "did you mean calm_first?"),
    ({"country": "AAA", "scenario": "strom"}, "did you mean storm?"),
    ({"country": "AAA", "draws": 10}, "draws=10 is out of bounds; expected 1,000 to 2,000,000"),
    ({"country": "AAA", "seed": -1}, "seed=-1 is out of bounds"),
])
def test_what_makes_no_sense_is_refused(tiny: Path, given: dict[str, Any], message: str) -> None:
    with pytest.raises(WrongUse, match=message.replace("?", r"\?")):
        OptionsReport(**given)


@pytest.mark.parametrize(("country", "given", "message"), [
    ("CHE", {}, "no policy options are on file for CHE; data/options has BLR-2025"),
    ("BLR", {"weights": "prisoner_first"}, "did you mean prisoners_first?"),
    ("BLR", {"scenario": "peace"}, "scenario='peace' is not in this file"),
    ("BLR", {"file": "BLR-2026"}, "did you mean BLR-2025?"),
])
def test_it_is_refused_before_a_kernel_starts(country: str, given: dict[str, str], message: str) -> None:
    with pytest.raises(WrongUse) as error:
        plan.check(plan.orders([country], "options", given))
    assert message in str(error.value) and "\n" not in str(error.value)


def test_draws_and_seed_are_typed_and_bounded() -> None:
    place = paths.NOTEBOOKS / "options.ipynb"
    assert accepted.others(place, {"draws": "2000", "seed": "5"}) == {"draws": 2000, "seed": 5}
    with pytest.raises(WrongUse, match="draws=5 is out of bounds"):
        accepted.others(place, {"draws": "5"})


def test_without_a_country_those_with_options_are_rendered() -> None:
    assert plan.chosen([], "options") == ["BLR"]


def test_only_options_reports_are_made_from_options_files(tiny: Path) -> None:
    def parts(notebook: str) -> dict[str, str]:
        source = (paths.NOTEBOOKS / f"{notebook}.ipynb").read_bytes()
        return {**keys.shared(tiny), **keys.own(tiny, "AAA", source)}

    before = {name: parts(name) for name in ("options", "country")}
    with (tiny / "options" / "AAA-2020.yaml").open("a", encoding="utf-8") as file:
        file.write("# reviewed\n")
    assert keys.difference(before["options"], parts("options")) == "options of AAA"
    assert keys.difference(before["country"], parts("country")) == ""


def test_sliders_show_nothing_where_nobody_can_move_them(
        belarus: OptionsReport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    assert belarus.sliders() == []


def test_in_a_session_there_is_a_slider_for_each_criterion_and_charts_follow(
        belarus: OptionsReport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", "options.ipynb")
    [box] = belarus.sliders()
    bars = [child for child in box.children if type(child).__name__ == "FloatSlider"]
    assert [bar.description for bar in bars] == [one.short for one in belarus.subject.criteria]
    alone = [float(one.id == "sanctions") for one in belarus.subject.criteria]
    first = next(block for block in sliders.drawn(belarus.subject, alone) if isinstance(block, Chart))
    equal = next(block for block in sliders.drawn(belarus.subject, [1.0] * len(alone)) if isinstance(block, Chart))
    assert first.rows[0][0] == "tightening" != equal.rows[0][0]
    assert "at least one" in said(sliders.drawn(belarus.subject, [0.0] * len(alone)))


def test_an_exporter_shows_nothing_of_a_widget() -> None:
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "VBox(children=…)"}
    cells = [v4.new_markdown_cell("## Your own weights"), v4.new_code_cell("x")]
    cells[1].outputs = [v4.new_output("display_data", widget)]
    assert document.read(v4.new_notebook(cells=cells)).parts == []


@pytest.mark.slow
@pytest.mark.parametrize("country", ["AAA", "BLR"])
def test_it_renders_as_page_and_pdf(country: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                    atlas: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    if country == "AAA":
        monkeypatch.setenv("ATLAS_DATA", str(DATA))
    monkeypatch.setenv("JPY_SESSION_NAME", "a notebook from which the command was called")
    done = atlas("render", country, "--notebook", "options", "--out", str(tmp_path), "-P", "draws=5000")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / country / "options.html").read_text(encoding="utf-8")
    assert "This part of the report could not be made" not in page
    assert "<script" not in page.replace('<script type="application/ld+json"', "") and "widget" not in page
    assert "Your own weights" not in page and "Who would prefer what" in page
    text = "\n".join(part.extract_text() for part in PdfReader(tmp_path / country / "options.pdf").pages)
    assert "You would choose" in text
    assert ("PANEL" in text) and not list((tmp_path / country).glob("claims.csv"))
    ran = nbformat.read(tmp_path / country / "options.ipynb", as_version=4)
    assert not next(cell for cell in ran.cells if cell.id == "own-draw").outputs and "widgets" not in ran.metadata


def test_check_reads_options_files(tiny: Path, atlas: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    path = tiny / "options" / "AAA-2020.yaml"
    assert "1 options file" in atlas("check").stdout
    path.write_text(path.read_text(encoding="utf-8").replace("direction: worse", "direction: wrose"), encoding="utf-8")
    done = atlas("check")
    assert done.returncode == 1
    assert "data/options/AAA-2020.yaml:28: cells.0.direction: 'wrose' is not known" in done.stderr
