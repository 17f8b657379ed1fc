"""The survey: counts over all claims, how sure they are, and sentences that say no more than that."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from atlas import survey
from atlas.checks import Reading
from atlas.data import tables
from atlas.model import ATLAS, Assessment, Check
from atlas.narrate import whole
from atlas.paths import ROOT
from atlas.survey import Share
from atlas.verdicts import Judged, truth

SHARED = Path(os.environ.get("ATLAS_SHARED") or ROOT.parent / "shared")


def judged(country: str, then: str, now: str, *, interest: str = "security", fixed: bool = False,
           rule: str = "lowest_in", indicator: str = "military_expenditure_pct_gdp") -> Judged:
    """A claim with these two readings."""
    check = Check.model_validate({"rule": rule, "indicator": indicator, "fixed": fixed})
    assessment = Assessment.model_validate({
        "id": f"{country}-2020-{interest}", "country": country, "interest": interest, "edition": "2020",
        "publisher": "Konrad-Adenauer-Stiftung", "title": "t", "written": "2020-05", "source": "s", "known": "opening",
        "claims": [{"id": f"{country}-2020-{interest}-R01", "question": "relevance", "kind": "fact", "statement": "S.",
                    "short": "s", "check": check.model_dump(exclude_defaults=True)}]})
    readings = Reading(then, "d"), Reading(now, "d")  # type: ignore[arg-type]
    return Judged(assessment.claims[0], assessment, truth(*readings), *readings)


def test_an_interval_is_wilsons() -> None:
    assert [round(bound, 1) for bound in survey.wilson(0, 10)] == [0.0, 27.8]
    assert [round(bound, 1) for bound in survey.wilson(81, 263)] == [25.5, 36.6]  # Newcombe 1998, table I
    assert [round(bound, 1) for bound in survey.wilson(15, 148)] == [6.2, 16.0]


def test_only_claims_that_were_supported_and_could_change_are_at_risk() -> None:
    rows = [judged("AAA", "supported", "contradicted"), judged("AAA", "contradicted", "contradicted"),
            judged("AAA", "supported", "supported", fixed=True), judged("AAA", "supported", "no_data")]
    assert survey.at_risk(rows) == rows[:1]
    assert survey.tested(rows) == rows


def test_a_share_tells_how_much_it_rests_on_one_country() -> None:
    rows = [judged("AAA", "supported", "contradicted") for _ in range(8)]
    rows += [judged("BBB", "supported", "supported") for _ in range(8)]
    found = survey.share("x", rows, survey.turned)
    assert (found.count, found.of, found.percent, found.least, found.most, found.countries) == (8, 16, 50, 0, 100, 2)
    with pytest.raises(ValueError, match="no claims to count for x"):
        survey.share("x", [], survey.turned)


def test_small_groups_are_left_out_and_the_largest_share_stands_first() -> None:
    rows = [judged("AAA", "supported", "supported", interest="trade") for _ in range(8)]
    rows += [judged("BBB", "supported", "contradicted", interest="climate") for _ in range(8)]
    rows += [judged("CCC", "supported", "contradicted", interest="values")]
    assert [one.name for one in survey.by(rows, survey.interest, survey.turned)] == ["climate", "trade"]


def test_the_subject_of_a_claim_is_what_its_figure_is_about() -> None:
    subject = survey.subject_of(tables())
    assert subject(judged("AAA", "supported", "supported")) == "military"
    assert subject(judged("AAA", "supported", "supported", indicator="gas_import_share_from_russia_pct")) == "energy"
    assert subject(judged("AAA", "supported", "supported", indicator="refugees_by_origin")) == "migration"
    assert subject(judged("AAA", "supported", "supported", indicator="population_total")) == "economy"


def test_every_rule_has_a_form() -> None:
    from atlas.checks.registry import RULES

    assert set().union(*survey.FORMS.values()) == set(RULES)


def test_a_heading_claims_an_order_only_where_the_intervals_are_apart() -> None:
    def pair(first: tuple[int, int], last: tuple[int, int]) -> list[Share]:
        return [Share(name, *counts, *survey.wilson(*counts), 5, 90, 5)
                for name, counts in (("climate", first), ("trade", last))]

    sure, unsure = pair((40, 50), (5, 50)), pair((5, 9), (4, 9))
    assert "unlikely to be chance" in whole.worst(sure)[1] and "not certain" not in whole.worst(sure)[0]
    assert "may be chance" in whole.worst(unsure)[1] and "not certain" in whole.worst(unsure)[0]


def test_findings_are_computed_from_the_claims_on_file_and_say_their_limits() -> None:
    everything = whole.Whole(survey.claims(), tables())
    found = whole.findings(everything)
    charts = [block for block in found if block.kind == "chart"]
    assert len(charts) == 3
    for chart in charts:
        assert all(row[1] <= row[2] and row[4] <= row[3] <= row[5] for row in chart.rows)
    assert "Only" in str([block.to_json() for block in whole.limits(everything)])


def test_the_findings_in_the_readme_are_those_of_today() -> None:
    page = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    told = page.partition("Read as a whole: - ")[2].partition(" [reports/index.html]")[0].split(" - ")
    found = whole.summary(whole.Whole(survey.claims(), tables()))
    assert len(told) == 2
    assert all(any(" ".join(one.split()).startswith(line) for one in found) for line in told)


def test_without_assessments_it_says_so() -> None:
    [note] = whole.findings(whole.Whole([], tables()))
    assert note.text.startswith("No assessment is on file")


def test_eight_facts_in_ten_have_a_check_that_gives_a_reading_of_its_time() -> None:
    facts = [row for row in survey.claims() if row.claim.kind == "fact"]
    read = [row for row in facts if row.then and row.then.result != "no_data"]
    assert len(read) >= 0.8 * len(facts)


def test_all_countries_and_chapters_of_the_catalogue_are_on_file() -> None:
    catalogue = SHARED / "atlas" / "catalogue.csv"
    if not catalogue.exists():
        pytest.skip("the shared tables are not at hand")
    with catalogue.open(encoding="utf-8", newline="") as file:
        known = {(row["iso3"], row["interest"]) for row in csv.DictReader(file)}
    texts = {row.assessment.id: row.assessment for row in survey.claims()}.values()
    assert {(one.country, one.interest) for one in texts if one.interest} >= known
    assert len({iso3 for iso3, _ in known}) == 33 and len(known) == 38


def test_a_chapter_known_by_its_opening_says_so_and_a_fact_box_is_shown_only_where_one_was_printed() -> None:
    texts = {row.assessment.id: row.assessment for row in survey.claims()}.values()
    chapters = [one for one in texts if one.publisher == ATLAS]
    assert {one.id for one in chapters if one.known == "whole"} == {"BLR-2020-security"}
    assert {one.country for one in chapters if one.fact_box} == {"BLR", "CHE", "MAR", "RUS", "SAU", "SRB", "UKR"}
