"""The plan: which reports a command asks for, on one country, on several or on the whole atlas."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from atlas import library, paths
from atlas.data import tables
from atlas.errors import WrongUse
from atlas.render import build, keys, manifest, plan, run
from atlas.render.manifest import Row, State
from atlas.render.report import Made
from tinies import notebook

WHOLE = 'states = ""  # type: str how the reports of the countries stand\n'
SEVERAL = 'countries = ""  # type: str codes with commas between them\nas_of = ""  # type: str a day of the past\n'


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of notebooks: on a country, on the whole atlas, on several countries."""
    nbformat.write(notebook(), tmp_path / "country.ipynb")
    for name, source in (("index", WHOLE), ("several", SEVERAL)):
        cell = v4.new_code_cell(source, metadata={"tags": ["parameters"]})
        nbformat.write(v4.new_notebook(cells=[cell], metadata={"kernelspec": {
            "name": "python3", "display_name": "Python 3", "language": "python"}}), tmp_path / f"{name}.ipynb")
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path)
    return tmp_path


def test_without_a_country_all_that_are_assessed_are_chosen_and_everywhere_is_every_state(room: Path) -> None:
    assert plan.chosen([], "country") == library.assessed()
    assert plan.chosen(["KAZ"], "country") == ["KAZ"]
    assert plan.chosen([], "several") == []
    everywhere = plan.chosen([], "country", everywhere=True)
    assert {"KAZ", "NRU", "VAT", "XKX"} <= set(everywhere) and "WLD" not in everywhere


def test_a_notebook_on_the_whole_atlas_is_one_report_beside_the_countries(room: Path) -> None:
    [order] = plan.orders([], "index", target=room / "out")
    assert (order.name, order.label, order.wanted) == ("index", "index", ["index.html"])
    assert {f"claims of {iso3}" for iso3 in library.assessed()} <= set(order.parts)
    with pytest.raises(WrongUse, match="the notebook index takes no country; drop BLR"):
        plan.orders(["BLR"], "index", target=room / "out")


def test_a_notebook_on_several_countries_is_told_which(room: Path) -> None:
    [order] = plan.orders(["BLR", "CHE"], "several", {"as_of": "2022"}, target=room / "out")
    assert order.parameters == {"countries": "BLR,CHE", "as_of": "2022"}
    assert order.name == "several"
    with pytest.raises(WrongUse, match="'BLX' is no country code"):
        plan.orders([], "several", {"countries": "BLX"}, target=room / "out")


def test_the_landing_page_is_told_how_the_reports_stand_and_is_stale_when_that_changes(room: Path) -> None:
    target = room / "out"
    target.mkdir()
    [before] = plan.orders([], "index", target=target)
    assert before.parameters == {"states": ""}
    manifest.record(target, "CHE/country", Row("failed", {}, {}, {}, "no figure"))
    manifest.record(target, "index", Row("done", before.parameters, before.parts))
    [after] = plan.orders([], "index", target=target)
    assert after.parameters == {"states": "CHE:failed:html+pdf"}
    assert plan.states([after], target)["index"] == State("stale", "the states of the other reports changed")


def test_reports_of_other_notebooks_are_listed_with_the_parameters_that_made_them(room: Path) -> None:
    target = room / "out"
    target.mkdir()
    parts = {**keys.shared(tables().root), **keys.own(tables().root, None, (room / "several.ipynb").read_bytes())}
    (target / "several.html").write_text("x", encoding="utf-8")
    (target / "several.pdf").write_text("x", encoding="utf-8")
    made = {name: keys.of_file(target / name) for name in ("several.html", "several.pdf")}
    manifest.record(target, "several", Row("done", {"as_of": "2022"}, parts, made))
    found = {order.name: state.word for order, state in plan.further(target)}
    assert found == {"several": "fresh", "index": "missing"}


def test_a_report_on_the_whole_atlas_lies_in_the_folder_itself(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "produce", lambda order: Made({f"{order.notebook}.html": b"x"}))
    [outcome] = build.render([], notebook="index", out=room / "out", jobs=1)
    assert (outcome.report, outcome.error) == ("index", "")
    assert (room / "out" / "index.html").read_bytes() == b"x"
    [again] = build.render([], notebook="index", out=room / "out", jobs=1)
    assert again.unchanged
