"""A refresh from end to end: what changes is shown first, and written together or not at all."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from atlas import paths
from atlas.cli import main
from atlas.data import Tables, soundness
from atlas.errors import AtlasError, Refused, WrongUse
from atlas.refresh import clients, listing, replace, web
from atlas.refresh.compare import GONE, Change
from atlas.refresh.run import Outcome, refresh
from atlas.writing.rows import read_csv, read_yaml, sha256
from publishers import (
    GROUPS,
    HTML,
    QUICK,
    Publisher,
    Reply,
    amend,
    contents,
    folder,
    nobody,
    polite,
    publishing,
    recorded,
    said,
)


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    with publishing() as one:
        monkeypatch.setattr(clients, "BASES", dict.fromkeys(clients.BASES, one.base))
        monkeypatch.setattr("atlas.refresh.run.BASES", clients.BASES)
        yield one


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return folder(tmp_path)


def run(data: Path, *groups: str, **more: Any) -> Outcome:
    return refresh(data, polite(data.parent), groups, **more)


def values(data: Path, indicator: str) -> dict[tuple[str, str], tuple[str, str, str]]:
    rows = [row for path in (data / "indicators").glob("*.csv") for row in read_csv(path)]
    return {
        (row["iso3"], row["period"]): (row["value"], row["source"], row["note"])
        for row in rows
        if row["indicator"] == indicator
    }


def changes(found: Outcome, indicator: str) -> list[tuple[str, ...]]:
    return [(one.kind, one.iso3, one.period, one.old, one.new) for one in found.changes if one.indicator == indicator]


def test_values_are_added_revised_and_vanish(publisher: Publisher, data: Path) -> None:
    found = run(data)
    assert changes(found, "population_total") == [
        ("revised", "BLR", "2022", "9228071", "9208701"),
        ("added", "BLR", "2023", "", "9178298"),
        ("added", "CHE", "2023", "", "8888093"),
        ("vanished", "UKR", "2020", "44132050", ""),
    ]
    assert found.same["population_total"] == 7
    after = values(data, "population_total")
    assert after["BLR", "2022"] == ("9208701", "bank", "")
    assert after["UKR", "2020"] == ("44132050", "old", GONE), "kept, with its old source"


def test_numbers_keep_the_decimals_of_the_table(publisher: Publisher, data: Path) -> None:
    run(data)
    assert values(data, "gdp")["BLR", "2023"][0] == "59123460000"


def test_own_calculations_follow_in_every_group(publisher: Publisher, data: Path) -> None:
    run(data, "economy")
    growth = values(data, "growth")
    assert growth["BLR", "2023"][:2] == ("3.908", "own_bank")
    assert growth["CHE", "2000"][0] == "3.636", "the year before the first is fetched for it"
    assert ("CHE", "1999") not in values(data, "gdp")
    assert values(data, "army_per_1000")["BLR", "2022"][:2] == ("4.887", "own_bank")
    per_head = [row for row in read_csv(data / "indicators" / "published.csv") if row["indicator"] == "spent_per_head"]
    assert [(row["value"], row["source"]) for row in per_head] == [("76.02", "old"), ("70.59", "other")]


def test_what_a_calculation_rests_on_is_fetched_with_it(publisher: Publisher, data: Path) -> None:
    amend(data, "security", indicators=GROUPS["security"] | {"army": GROUPS["security"]["army"] | {"refresh": {
        "client": "worldbank", "series": "MS.MIL.TOTL.P1", "unit": "total", "source": "bank"}}})
    page = json.loads(recorded("worldbank-gdp.json").body)
    soldiers = {"id": "MS.MIL.TOTL.P1", "value": "Armed forces personnel, total"}
    rows = [page[1][0] | {"indicator": soldiers, "value": 47000}]
    publisher.answer("indicator/MS.MIL.TOTL.P1?", said([page[0] | {"total": 1}, rows]))
    found = run(data, "security")
    assert found.plan.called == ["population_total"]
    assert "gdp" not in found.plan.fetched
    assert values(data, "army_per_1000")["BLR", "2023"][0] == "5.121"


@pytest.mark.parametrize(("declared", "expected", "asked"), [
    (
        {"client": "unhcr", "series": "population", "field": "refugees", "by": "coo", "within": "eu27"},
        {("BLR", "2022"): "4650", ("BLR", "2023"): "5120", ("UKR", "2022"): "5684177", ("UKR", "2023"): "5960000"},
        "coo_all=true&coa=AUT,BEL,BGR,",
    ),
    (
        {"client": "eurostat", "series": "nrg_ti_gas", "filters": {"freq": "A", "siec": "G3000", "unit": "TJ_GCV"},
         "share": {"of": {"partner": "RU"}, "in": {"partner": "TOTAL"}}},
        {("AUT", "2020"): "80", ("AUT", "2021"): "66.67", ("GRC", "2021"): "0"},
        "partner=RU&partner=TOTAL&sinceTimePeriod=1999",
    ),
    (
        {"client": "owid", "series": "human-development-index", "column": "hdi__sex_total", "scale": 100},
        {("BLR", "2021"): "82.4", ("BLR", "2022"): "80.1", ("BLR", "2023"): "82.4", ("XKX", "2023"): "75",
         ("CHE", "2022"): "96.7"},
        "csvType=full&useColumnShortNames=true",
    ),
], ids=["unhcr", "eurostat", "owid"])
def test_figures_of_every_publisher_reach_the_table_under_known_codes(
    publisher: Publisher, data: Path, declared: dict[str, Any], expected: dict[tuple[str, str], str], asked: str
) -> None:
    mood = GROUPS["economy"]["mood"] | {"refresh": declared | {"source": "statistics"}}
    amend(data, "economy", indicators=GROUPS["economy"] | {"mood": mood})
    run(data, "economy", accept_vanished=True)
    assert {key: value for key, (value, _, _) in values(data, "mood").items()} == expected
    assert any(asked in address for address in publisher.asked)


def test_a_dry_run_leaves_every_byte(publisher: Publisher, data: Path) -> None:
    before = contents(data)
    found = run(data, dry_run=True)
    assert found.changes and not found.written
    assert contents(data) == before
    asked = len(publisher.asked)
    assert run(data).changes == found.changes
    assert len(publisher.asked) == asked, "the real run writes what the dry one showed"


def test_tables_papers_package_and_codebook_change_together(publisher: Publisher, data: Path) -> None:
    found = run(data)
    assert found.written == [
        "README.md", "datapackage.json", *(f"indicators/{name}" for name in (
            "economy.csv", "economy.yaml", "published.csv", "published.yaml", "security.csv", "security.yaml"))]
    papers = read_yaml(data / "indicators" / "economy.yaml")
    assert papers["sha256"] == sha256(data / "indicators" / "economy.csv")
    refreshed = papers["indicators"]["population_total"]["refreshed"]
    assert refreshed["version"] == "2026-10-07" and "SP.POP.TOTL" in refreshed["url"] and len(refreshed["sha256"]) == 64
    assert papers["sources"]["bank"]["version"] == "2026-10-07"
    assert papers["sources"]["bank"]["retrieved"] == refreshed["retrieved"] > "2026"
    resources = json.loads((data / "datapackage.json").read_text("utf-8"))["resources"]
    hashes = {resource["path"]: resource["hash"] for resource in resources}
    assert hashes["indicators/economy.csv"] == f"sha256:{papers['sha256']}"
    assert f"worldbank SP.POP.TOTL | {refreshed['retrieved']} |" in (data / "README.md").read_text("utf-8")
    assert not (data / replace.STAGE).exists()
    assert not [one for one in soundness.problems(Tables(data)) if "indicators" in one.file]


def test_two_runs_give_the_same_bytes(publisher: Publisher, data: Path) -> None:
    run(data)
    once = contents(data)
    again = run(data)
    assert contents(data) == once and not again.written
    assert {one.kind for one in again.changes} == {"vanished"}


def test_a_part_keeps_the_papers_of_what_was_refreshed_before(publisher: Publisher, data: Path) -> None:
    run(data)
    before = read_yaml(data / "indicators" / "economy.yaml")
    run(data, "economy", skip=["gdp"])
    assert read_yaml(data / "indicators" / "economy.yaml") == before


def test_vanished_values_are_dropped_when_that_is_accepted(publisher: Publisher, data: Path) -> None:
    run(data)
    run(data, accept_vanished=True)
    assert ("UKR", "2020") not in values(data, "population_total")
    assert "old" in read_yaml(data / "indicators" / "economy.yaml")["sources"], "mood still has it"


def test_a_correction_holds_for_newer_figures_too(publisher: Publisher, data: Path) -> None:
    wrong = {"indicator": "population_total", "iso3": "BLR", "period": "2022", "value": "9208701",
             "becomes": {"value": "9000000"}, "reason": "A slip."}
    amend(data, "economy", corrections=[wrong])
    run(data)
    assert values(data, "population_total")["BLR", "2022"][0] == "9000000"
    assert values(data, "army_per_1000")["BLR", "2022"][0] == "5"


def test_a_correction_that_finds_nothing_fails_and_writes_nothing(publisher: Publisher, data: Path) -> None:
    mended = {"indicator": "population_total", "iso3": "BLR", "period": "2022", "value": "9228071",
              "becomes": {"value": "9000000"}, "reason": "The publisher has mended it."}
    amend(data, "economy", corrections=[mended])
    before = contents(data)
    with pytest.raises(AtlasError, match=r"correction no longer fits: .*'9228071'.*; remove it from lists/economy"):
        run(data)
    assert contents(data) == before


@pytest.mark.parametrize("bad", [
    Reply(b"<html>", HTML), Reply(b'[{"page": 1', length=900), Reply(status=500), recorded("worldbank-empty.json"),
    recorded("worldbank-message.json"), Reply(status=301, headers={"Location": "https://example.org/"}),
], ids=["HTML", "truncated", "500", "empty", "message", "another host"])
def test_one_bad_answer_among_good_ones_writes_nothing(publisher: Publisher, data: Path, bad: Reply) -> None:
    before = contents(data)
    publisher.answer("indicator/NY.GDP.MKTP.KD?", bad)
    with pytest.raises(Refused, match=r"^asked http.*NY\.GDP\.MKTP\.KD.*; nothing was written$"):
        run(data)
    assert contents(data) == before


def test_an_interrupted_run_goes_on_where_it_stopped(publisher: Publisher, data: Path) -> None:
    publisher.answer("indicator/NY.GDP.MKTP.KD?", Reply(status=503))
    with pytest.raises(Refused):
        run(data)
    publisher.answer("indicator/NY.GDP.MKTP.KD?", recorded("worldbank-gdp.json"))
    publisher.asked.clear()
    assert run(data).written
    assert len(publisher.asked) == 1 and "NY.GDP.MKTP.KD" in publisher.asked[0]
    assert not list((data.parent / "downloads").glob("*")), "what is written need not be kept"


def test_an_answer_that_is_refused_is_asked_for_again_the_next_time(publisher: Publisher, data: Path) -> None:
    page = json.loads(recorded("worldbank-population-2.json").body)
    publisher.answer("per_page=20000&page=2", said([page[0], page[1][1:]]), recorded("worldbank-population-2.json"))
    with pytest.raises(Refused, match="11 rows of 12"):
        run(data)
    assert run(data).written


def test_a_page_is_kept_when_the_one_after_it_did_not_come(publisher: Publisher, data: Path) -> None:
    publisher.answer("per_page=20000&page=2", Reply(status=503))
    with pytest.raises(Refused):
        run(data)
    publisher.answer("per_page=20000&page=2", recorded("worldbank-population-2.json"))
    publisher.asked.clear()
    run(data)
    assert [address[-6:] for address in publisher.asked if "SP.POP" in address] == ["page=2"]


def test_figures_in_another_size_are_refused_whatever_the_publisher_calls_the_unit(
    publisher: Publisher, data: Path
) -> None:
    for number in (1, 2):
        page = json.loads(recorded(f"worldbank-population-{number}.json").body)
        thousands = [row | {"value": row["value"] and row["value"] / 1000} for row in page[1]]
        part = "SP.POP.TOTL?" if number == 1 else "per_page=20000&page=2"
        publisher.answer(part, said([page[0], thousands]))
    before = contents(data)
    with pytest.raises(Refused, match=r"population_total is 0.001 times what it was .*--skip population_total"):
        run(data)
    assert contents(data) == before
    found = run(data, skip=["population_total"])
    assert found.plan.fetched == ["gdp"] and found.plan.computed == ["growth"]


def test_a_unit_that_the_publisher_changed_is_refused(publisher: Publisher, data: Path) -> None:
    body = recorded("worldbank-gdp.json").body.replace(b"constant 2015 US$", b"constant 2021 US$")
    publisher.answer("indicator/NY.GDP.MKTP.KD?", Reply(body))
    with pytest.raises(Refused, match=r"the unit is not 'constant 2015 US\$': 'GDP \(constant 2021 US\$\)'"):
        run(data)


def test_a_file_that_cannot_be_replaced_brings_the_others_back(
    publisher: Publisher, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(data)
    real = Path.replace

    def stubborn(self: Path, target: Path) -> Path:
        if target.name == "economy.yaml":
            raise OSError(28, "No space left on device", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", stubborn)
    with pytest.raises(AtlasError, match="No space left on device; the data folder is as it was"):
        run(data)
    assert contents(data) == before


def test_a_run_that_was_killed_while_writing_is_finished_by_the_next(
    publisher: Publisher, data: Path, tmp_path: Path
) -> None:
    whole = folder(tmp_path / "other")
    run(whole)
    new = replace.stage(data)
    names = ["indicators/economy.csv", "indicators/economy.yaml"]
    for name in names:
        shutil.copy(whole / name, new / name)
    (data / replace.STAGE / replace.READY).write_text(json.dumps(names))
    (new / names[0]).replace(data / names[0])
    assert replace.finish(data)
    assert all((data / name).read_bytes() == (whole / name).read_bytes() for name in names)
    assert not (data / replace.STAGE).exists() and not replace.finish(data)


def test_two_refreshes_at_once_are_not_let_in(publisher: Publisher, data: Path) -> None:
    def second(told: str) -> None:
        with pytest.raises(AtlasError, match="another atlas refresh is running"):
            run(data)
    run(data, dry_run=True, told=second)


def test_names_that_do_not_exist_are_wrong_use(data: Path) -> None:
    with pytest.raises(WrongUse, match=r"'econmy' is not known; did you mean economy\?"):
        run(data, "econmy")
    with pytest.raises(WrongUse, match=r"'gpd' is not known; did you mean gdp\?"):
        run(data, skip=["gpd"])


@pytest.fixture
def command(data: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr(paths, "data", lambda: data)
    monkeypatch.setattr(paths, "cache", lambda: data.parent / "cache")
    monkeypatch.setattr(web.Manners, "__init__", lambda self: self.__dict__.update(QUICK.__dict__))
    return CliRunner()


def test_the_command_shows_the_diff_and_writes_it_as_a_table(
    publisher: Publisher, data: Path, command: CliRunner, tmp_path: Path
) -> None:
    done = command.invoke(main, ["refresh", "economy", "--dry-run", "--diff", str(tmp_path / "diff.csv")])
    assert done.exit_code == 0, done.output
    counted = "2 added, 1 revised, 1 vanished (kept), 7 as before"
    assert f"economy: population_total (worldbank SP.POP.TOTL): {counted}" in done.output
    assert "    BLR 2022: 9228071 → 9208701 (-19370, -0.2 %)" in done.output
    assert "economy: growth (computed): 3 added" in done.output
    assert "By hand, see the sidecars in data/indicators: mood" in done.output
    assert "Dry run, nothing was written" in done.output and "UKR 2020" not in done.output
    rows = list(csv.DictReader((tmp_path / "diff.csv").open(encoding="utf-8")))
    assert {"group": "economy", "indicator": "population_total", "iso3": "BLR", "partner": "", "period": "2022",
            "change": "revised", "old": "9228071", "new": "9208701", "difference": "-19370", "percent": "-0.21"} in rows
    full = command.invoke(main, ["refresh", "economy", "--full"]).output
    assert "    UKR 2020: vanished 44132050" in full and "    BLR 2023: added 9178298" in full
    assert "Written: data/README.md" in full


def test_a_place_where_the_diff_cannot_be_written_is_said_before_anything_is_done(
    publisher: Publisher, data: Path, command: CliRunner
) -> None:
    before = contents(data)
    done = command.invoke(main, ["refresh", "--diff", str(data / "README.md" / "diff.csv")])
    assert done.exit_code == 1 and "name another file for --diff; nothing was written" in done.output
    assert contents(data) == before and not publisher.asked


def test_a_folder_without_lists_is_said_in_one_line(publisher: Publisher, data: Path, command: CliRunner) -> None:
    (data / "selection" / "lists" / "security.yaml").unlink()
    done = command.invoke(main, ["refresh"])
    assert done.exit_code == 1
    assert "lists/security.yaml: No such file or directory; nothing was written" in done.output


def test_offline_is_one_line_and_status_1(
    data: Path, command: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("atlas.refresh.run.BASES", dict.fromkeys(clients.BASES, nobody()))
    before = contents(data)
    done = command.invoke(main, ["refresh", "economy"])
    assert done.exit_code == 1
    [line] = [one for one in done.output.splitlines() if one.startswith("atlas: ")]
    assert "no connection; is there a network? (3 times); try again later" in line
    assert contents(data) == before


def test_a_change_from_nought_has_no_share() -> None:
    change = Change("g", "i", "BLR", "", "2020", "revised", "0", "5")
    assert change.percent is None and listing.line(change) == "BLR 2020: 0 → 5 (+5)"
