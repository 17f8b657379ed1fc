"""What the data folder promises: papers for every file, one codebook, no licence that forbids passing on."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pytest
import yaml

from atlas.paths import ROOT

DATA = ROOT / "data"
SELECTION = DATA / "selection"
SHARED = Path(os.environ.get("ATLAS_SHARED") or ROOT.parent / "shared")
HEADER = ["indicator", "iso3", "partner", "period", "value", "source", "note"]
GROUPS = sorted(path.stem for path in (DATA / "indicators").glob("*.csv"))
WORLD = [group for group in GROUPS if group != "published"]
# Stands here a second time on purpose: a licence is let in by a person, not by the list that the script reads.
ALLOWED = {
    "CC0-1.0", "CC-BY-4.0", "CC-BY-3.0-IGO", "CC-BY-SA-4.0", "PDDL-1.0", "MIT", "Unicode-3.0",
    "public-domain", "cited-facts",
}
CITED_SINGLY = {
    "Freedom House": 5,
    "Reporters Without Borders (RSF)": 4,
    "Economist Intelligence Unit": 1,
}
# Series that exist for part of the world only, with the number of countries they reach at least.
NARROW = {
    "population_with_kosovo": 1, "gas_import_share_from_russia_pct": 30, "oda_given_constant_2023_usd": 40,
    "export_share_rus_pct": 30, "import_share_rus_pct": 60, "natural_gas_import_dependency_pct": 100,
    "arms_exports_sipri_tiv": 80, "germany_first_instance_protection_rate_pct": 100,
}
PARTIAL = re.compile(r"eur(_part_year)?$")


@cache
def papers(group: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load((DATA / "indicators" / f"{group}.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return loaded


@cache
def figures(group: str) -> pd.DataFrame:
    return pd.read_csv(DATA / "indicators" / f"{group}.csv", dtype=str, keep_default_na=False)


@cache
def reference(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / "reference" / name, dtype=str, keep_default_na=False)


@cache
def reference_papers() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DATA / "reference" / "reference.yaml").read_text("utf-8"))["files"]
    return loaded


@cache
def package() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    return loaded


def checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_period(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return False
    date.fromisoformat((text + "-01-01")[:10])
    return True


def test_every_table_has_papers_and_every_paper_a_table() -> None:
    assert sorted(path.stem for path in (DATA / "indicators").glob("*.yaml")) == GROUPS
    typed = {"reference.yaml", "cards.yaml", "aliases.yaml", "territory.yaml"}
    written = {path.name for path in (DATA / "reference").iterdir()} - typed
    assert written == set(reference_papers())
    described = {resource["path"] for resource in package()["resources"]}
    assert described == {f"indicators/{group}.csv" for group in GROUPS} | {f"reference/{name}" for name in written}


@pytest.mark.parametrize("group", GROUPS)
def test_the_checksum_in_the_sidecar_is_that_of_the_table(group: str) -> None:
    assert papers(group)["sha256"] == checksum(DATA / "indicators" / f"{group}.csv"), "run `python data/selection`"


def test_checksums_of_the_reference_tables_and_of_the_package_hold() -> None:
    for name, entry in reference_papers().items():
        assert entry["sha256"] == checksum(DATA / "reference" / name), f"{name}: run `python data/selection`"
    for resource in package()["resources"]:
        path = resource["path"]
        assert resource["hash"] == "sha256:" + checksum(DATA / path), f"{path}: run `python data/selection`"


@pytest.mark.parametrize("group", GROUPS)
def test_tables_are_tidy_sorted_and_without_doubles(group: str) -> None:
    frame = figures(group)
    assert list(frame.columns) == HEADER
    assert not frame.duplicated(["indicator", "iso3", "partner", "period", "source"]).any()
    keys = list(frame[["indicator", "iso3", "partner", "period", "source"]].itertuples(index=False, name=None))
    assert keys == sorted(keys)
    text = (DATA / "indicators" / f"{group}.csv").read_bytes()
    assert b"\r" not in text
    assert text.endswith(b"\n")


@pytest.mark.parametrize("group", GROUPS)
def test_every_figure_is_a_plain_number_with_a_valid_period_and_known_places(group: str) -> None:
    frame, known = figures(group), set(reference("countries.csv")["iso3"])
    assert frame["value"].str.fullmatch(r"-?\d+(\.\d*[1-9])?").all()
    assert all(map(is_period, frame["period"].unique()))
    assert set(frame["iso3"]) <= known
    assert set(frame["partner"]) - {""} <= known


@pytest.mark.parametrize("group", GROUPS)
def test_every_indicator_and_source_is_described_and_used(group: str) -> None:
    frame, sidecar = figures(group), papers(group)
    assert set(frame["indicator"]) == set(sidecar["indicators"])
    assert set(frame["source"]) == set(sidecar["sources"])
    used = frame.groupby("indicator")["source"].agg(set)
    for name, entry in sidecar["indicators"].items():
        assert set(entry["sources"]) == used[name], name
        assert entry["title"] and entry["unit"] and entry["definition"].endswith("."), name
        assert isinstance(entry["digits"], int), name
        assert entry["good"] in ("up", "down", None), name
        assert entry["rhythm"] in ("year", "edition", "dated", "event"), name


def test_identifiers_of_indicators_are_unique_across_groups() -> None:
    names = [name for group in GROUPS for name in papers(group)["indicators"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("group", GROUPS)
def test_no_licence_forbids_passing_on(group: str) -> None:
    for name, source in papers(group)["sources"].items():
        assert source["licence_id"] in ALLOWED, f"{name}: {source['licence_id']} is not on the list of allowed licences"
        assert source["publisher"] and source["citation"] and source["licence"], name
    share_alike = {source["licence_id"] for source in papers(group)["sources"].values()} == {"CC-BY-SA-4.0"}
    assert share_alike == (group == "values_sharealike")


def test_publishers_who_let_single_figures_be_cited_are_cited_singly() -> None:
    frame = figures("published")
    publisher = {name: source["publisher"] for name, source in papers("published")["sources"].items()}
    rows = frame["source"].map(publisher)
    for name, most in CITED_SINGLY.items():
        several = frame[rows == name].groupby("iso3")["period"].nunique() > 2
        assert several.sum() <= most, f"{name}: a table, no longer single figures"


@pytest.mark.parametrize("group", WORLD)
def test_series_cover_the_world(group: str) -> None:
    states = set(reference("countries.csv").query("kind == 'state'")["iso3"])
    reached = figures(group).groupby("indicator")["iso3"].agg(lambda codes: len(states & set(codes)))
    thin = {name: count for name, count in reached.items()
            if count < NARROW.get(str(name), 7 if PARTIAL.search(str(name)) else 130)}
    assert not thin


def test_a_report_on_any_state_finds_figures() -> None:
    found = pd.concat([figures(group)[["iso3"]].drop_duplicates() for group in WORLD])["iso3"].value_counts()
    states = reference("countries.csv").query("kind == 'state'")["iso3"]
    assert [iso3 for iso3 in states if found.get(iso3, 0) < 5] == ["VAT"]


def test_lists_of_partners_that_omit_the_largest_one_stay_out() -> None:
    shares = figures("trade").query("indicator.str.contains('share')")
    newest = shares.groupby("iso3")["period"].max()
    assert newest[["BLR", "PSE"]].to_dict() == {"BLR": "2019", "PSE": "2022"}
    listed = shares[shares["partner"] != ""].assign(value=lambda rows: rows["value"].astype(float))
    assert listed.groupby(["indicator", "iso3", "period"])["value"].sum().max() <= 102


def test_part_of_a_year_never_stands_beside_full_years() -> None:
    flows = figures("published").query("indicator.str.startswith('frontex_')")
    whole = ~flows["indicator"].str.contains("part_year")
    assert set(flows[whole]["period"].str.len()) == {4}
    assert set(flows[~whole]["period"].str.len()) == {10}


def test_countries_have_the_names_a_reader_knows() -> None:
    frame = reference("countries.csv").set_index("iso3")
    assert frame["name"].is_unique
    assert frame.loc[["RUS", "CZE", "TUR", "CIV", "COD", "MKD"], "name"].tolist() == [
        "Russia", "Czechia", "Türkiye", "Côte d'Ivoire", "DR Congo", "North Macedonia"]
    assert frame.loc[["NLD", "USA", "GBR", "PHL", "COD"], "article"].eq("the").all()
    assert frame.loc["NAM", "iso2"] == "NA"
    states = frame[frame["kind"] == "state"]
    filled = ["name", "name_de", "capital", "subregion", "area_km2", "latitude", "wikidata"]
    assert (states[filled] != "").all(axis=None)
    assert pd.to_numeric(states["area_km2"]).ge(0.4).all()


def test_borders_stand_from_both_sides() -> None:
    pairs = set(reference("borders.csv")[["iso3", "neighbour"]].itertuples(index=False, name=None))
    assert pairs == {(other, one) for one, other in pairs}
    assert {code for pair in pairs for code in pair} <= set(reference("countries.csv")["iso3"])


def test_events_are_dated_sourced_and_told_in_one_line() -> None:
    frame, known = reference("events.csv"), set(reference("countries.csv")["iso3"])
    assert frame["id"].is_unique
    assert frame["id"].str.fullmatch(r"[A-Z]{3}-\d{4}(-\d{2}){0,2}-[a-z0-9-]+").all()
    assert all(map(is_period, frame["date"]))
    assert frame["url"].str.match("https?://").all()
    assert frame["what"].str.len().max() <= 110
    assert set(frame["direction"]) == {"cooperation", "conflict", "neutral"}
    assert {code for codes in frame["countries"] for code in codes.split(";")} <= known
    assert not frame["source"].str.contains("General knowledge").any()


def test_labels_of_events_are_few_words_and_every_cited_event_has_one() -> None:
    labels = reference("events.csv").set_index("id")["label"]
    listed = yaml.safe_load((SELECTION / "lists" / "event_labels.yaml").read_text("utf-8"))
    assert labels[labels != ""].to_dict() == listed
    assert all(len(label) <= 26 and 2 <= len(label.split()) <= 4 for label in listed.values())
    texts = [path.read_text("utf-8") for path in (DATA / "assessments").glob("*.yaml")]
    known = set(re.findall(r"[A-Z]{3}-[\w-]+", "\n".join(texts))) & set(labels.index)
    assert known and known <= set(listed), sorted(known - set(listed))


def test_spans_have_a_page_and_end_after_they_start() -> None:
    for name in ("status.csv", "memberships.csv"):
        frame = reference(name)
        assert frame["url"].str.match("https?://").all(), name
        both = frame[(frame["from"] != "") & (frame["to"] != "")]
        assert (both["from"] <= both["to"]).all(), name
    assert set(reference("status.csv")["status"]) == {"in force", "suspended", "ended", "negotiating"}


def test_what_is_not_confirmed_stays_out() -> None:
    table = SHARED / "atlas" / "events.csv"
    if not table.exists():
        pytest.skip("the shared tables are not at hand")
    with table.open(encoding="utf-8", newline="") as file:
        unsure = {row["id"] for row in csv.DictReader(file) if row["confidence"] != "A"}
    confirmed = yaml.safe_load((SELECTION / "lists" / "confirmed.yaml").read_text("utf-8"))
    assert unsure & set(reference("events.csv")["id"]) == set(confirmed["events"])
    assert not figures("published")["note"].str.contains("confirm on the").any()


def test_peer_sets_name_known_countries_and_are_defined() -> None:
    sets = yaml.safe_load((DATA / "reference" / "peer_sets.yaml").read_text("utf-8"))
    computed = sets.pop("computed")
    assert {"neighbours", "eu_neighbours", "region", "eu", "nato"} <= set(computed)
    for name, entry in sets.items():
        assert set(entry["members"]) <= set(reference("countries.csv")["iso3"]), name
        assert entry["members"] == sorted(set(entry["members"])), name
        assert entry["title"] and entry["definition"], name
    assert {name: len(sets[name]["members"]) for name in ("post_soviet", "eu27", "atlas_2020")} == {
        "post_soviet": 15, "eu27": 27, "atlas_2020": 25}


def test_the_grid_gives_each_region_each_interest_once() -> None:
    grid = reference("grid.csv")
    interests = yaml.safe_load((DATA / "reference" / "interests.yaml").read_text("utf-8"))
    assert (grid.pivot_table(index="region", columns="interest", values="iso3", aggfunc="count") == 1).all(axis=None)
    assert set(grid["interest"]) == set(interests)


def test_the_codebook_names_every_column_and_every_indicator() -> None:
    text = (DATA / "README.md").read_text("utf-8")
    for resource in package()["resources"]:
        fields = [field["name"] for field in resource.get("schema", {}).get("fields", [])]
        if resource["format"] == "csv":
            assert fields == (DATA / resource["path"]).open(encoding="utf-8").readline().rstrip("\n").split(",")
        folder = "indicators/*.csv" if resource["path"].startswith("indicators/") else resource["path"]
        for field in fields:
            assert f"| {folder} | {field} |" in text
    assert all(f"| `{name}` |" in text for group in GROUPS for name in papers(group)["indicators"])


def test_the_package_is_valid_by_frictionless() -> None:
    report = frictionless.validate(str(DATA / "datapackage.json"), limit_rows=2000)
    assert report.valid, report.flatten(["name", "type", "note"])[:5]


def select(*arguments: str) -> None:
    subprocess.run([sys.executable, str(SELECTION), *arguments], check=True, capture_output=True, timeout=300)


def test_package_and_codebook_are_what_the_sidecars_say(tmp_path: Path) -> None:
    for folder in ("indicators", "reference"):
        shutil.copytree(DATA / folder, tmp_path / folder)
    select("--to", str(tmp_path))
    for name in ("README.md", "datapackage.json"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), f"{name}: run `python data/selection`"


def test_the_script_writes_the_committed_bytes(tmp_path: Path) -> None:
    if not (SHARED / "data" / "sources.csv").exists():
        pytest.skip("the shared tables are not at hand")
    newer = {group for group in GROUPS if any("refreshed" in one for one in papers(group)["indicators"].values())}
    select("--from", str(SHARED), "--to", str(tmp_path))
    for path in sorted(tmp_path.rglob("*.*")):
        if newer and (path.stem in newer or path.name in ("README.md", "datapackage.json", "countries.csv")):
            continue  # `atlas refresh` has brought figures that the shared tables lack
        assert path.read_bytes() == (DATA / path.relative_to(tmp_path)).read_bytes(), path.name
