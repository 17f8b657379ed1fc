"""Several countries on the same axes: who is chosen, what is said, what may not be compared."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

import pytest

import sheets
from atlas import blocks, chosen, dates, library
from atlas.blocks import Block, plain
from atlas.charts.intervals import reach
from atlas.data import tables
from atlas.errors import WrongUse
from atlas.narrate import CompareReport, caveats, shares
from atlas.narrate.group import SPAN, TOO_LATE, behind, statements
from atlas.render import accepted, plan

FORTY = ",".join(sorted(iso3 for iso3, one in tables().countries.items() if one.kind == "state")[:40])
CASES: dict[str, dict[str, str]] = {
    "nothing": {}, **{interest: {"interest": interest} for interest in chosen.INTERESTS},
    "region": {"region": "latin america", "interest": "climate"}, "three": {"countries": "BLR,UKR,SRB"},
    "two": {"countries": "CHE,XKX", "interest": "values"}, "many": {"countries": FORTY, "interest": "migration"},
    "silent": {"countries": "NRU,VAT,PRK", "interest": "trade"}, "mixed": {"countries": "BLR,NOR"},
    "past": {"countries": "BLR,RUS,UKR", "as_of": "2021"}}


@cache
def report(case: str) -> CompareReport:
    return CompareReport(**CASES[case])


@cache
def everything(case: str) -> list[Block]:
    one = report(case)
    sections = [one.masthead(), one.two_minutes(), one.first_chart(), one.first_page_end(), one.measures(),
                one.charts(), one.claims(), one.claim_shares(), one.caveats(), one.table(), one.citations()]
    return [block for section in sections for block in section]


def sentences(case: str) -> list[str]:
    said = [plain(text) for block in everything(case) if isinstance(block, blocks.Prose) for text in block.paragraphs]
    return said + [plain(block.text) for block in everything(case) if isinstance(block, blocks.Note)]


def drawn(case: str) -> list[blocks.Chart]:
    return [block for block in everything(case) if isinstance(block, blocks.Chart)]


@pytest.mark.parametrize("case", CASES)
def test_sentences_are_whole(case: str) -> None:
    for said in sentences(case):
        assert said[0].isupper() or said[0].isdigit(), said
        assert said.endswith("."), said
        assert not re.search(r"\bnan\b|\bNone\b|\{|\}|  |\.\.|,\.| ,|_[a-z]|\bthe the\b|\b(\w+) \1\b", said), said


@pytest.mark.parametrize("case", CASES)
def test_every_chart_has_an_alt_text_and_is_drawn_once(case: str) -> None:
    assert all(0 < len(chart.alt) <= 300 for chart in drawn(case))
    assert max(Counter(chart.csv_name for chart in drawn(case)).values(), default=1) == 1


def test_an_interest_alone_chooses_the_countries_of_the_grid_and_those_with_a_text_on_it() -> None:
    found = chosen.choose(tables(), interest="security")
    assert {"BLR", "KAZ", "DZA", "MEX", "NGA"} <= set(found.codes)
    assert {"UKR", "RUS"} <= set(found.codes) and "SRB" not in found.codes
    assert chosen.choose(tables()) == found


def test_with_an_interest_only_texts_on_it_count_and_otherwise_all() -> None:
    assert {text.interest for text in report("security").group.ledgers["CHE"].assessments} == {"security"}
    named = CompareReport("CHE,BLR")
    assert len(named.group.ledgers["CHE"].assessments) == len(library.assessments(tables(), "CHE"))


def test_a_region_chooses_its_countries_however_it_is_written() -> None:
    found = chosen.choose(tables(), region="latin america")
    assert found.region == "Latin America"
    assert {"BRA", "COL", "MEX", "PER", "URY"} <= set(found.codes)


@pytest.mark.parametrize(("given", "message"), [
    ({"countries": "BLR,UKR", "region": "Latin America"}, "exclude each other; give one of them"),
    ({"countries": "BLR"}, "needs at least two countries, got BLR"),
    ({"countries": "BLR, BLR"}, "needs at least two countries, got BLR"),
    ({"countries": "BLR,BLX"}, "'BLX' is no country code"), ({"interest": "securty"}, "did you mean security?"),
    ({"region": "Latin Amerika"}, "did you mean Latin America?"), ({"as_of": "soon"}, "as_of: 'soon' is no date"),
    ({"countries": FORTY + ",ZWE,ZMB"}, "too many to compare"), ({"language": "fr"}, "expected one of en")])
def test_what_makes_no_comparison_is_refused_in_one_line(given: dict[str, str], message: str) -> None:
    with pytest.raises(WrongUse, match=re.escape(message)) as error:
        CompareReport(**given)
    assert "\n" not in str(error.value)


def test_it_is_refused_before_a_kernel_starts() -> None:
    for given, message in (({"countries": "BLR,UKR", "region": "Latin America"}, "exclude each other"),
                           ({"interest": "peace"}, "is not known"), ({"countries": "BLR"}, "at least two")):
        with pytest.raises(WrongUse, match=message):
            accepted.others(plan.find("compare"), given)
    [order] = plan.orders(["BLR", "UKR"], "compare")
    assert (order.name, order.parameters) == ("compare", {"countries": "BLR,UKR"})


def test_the_interval_is_the_range_of_the_countrys_own_last_years() -> None:
    group = report("three").group
    one = group.figures[0]["BLR"]
    series = group.tables.figures(group.card[0]["indicator"], "BLR").preferred
    last = int(one.period)
    past = [value for period, value in series.items() if last - SPAN < int(period) <= last]
    assert (one.low, one.high, one.count) == (min(past), max(past), len(past))
    assert one.low <= one.value <= one.high


@pytest.mark.parametrize("case", CASES)
def test_no_figure_is_younger_than_the_day_nor_much_older_than_those_beside_it(case: str) -> None:
    group = report(case).group
    for read, kept in zip(group.read, group.figures, strict=True):
        assert all(dates.last_day(one.period) <= group.day for one in read.values())
        assert all(behind(one, read) < TOO_LATE for one in kept.values())


def test_what_ended_too_early_is_left_out_of_the_axis_and_said() -> None:
    group = report("trade").group
    gone = [(iso3, one) for read, kept in zip(group.read, group.figures, strict=True)
            for iso3, one in read.items() if iso3 not in kept]
    assert gone
    told = " ".join(sentences("trade"))
    for iso3, one in gone:
        assert f"{group.tables.country(iso3).the} ({one.period[:4]})" in told


@pytest.mark.parametrize(("codes", "word"), [
    ("BLR,UKR", "Crimea is Ukrainian territory"), ("SRB,CHE", "Kosovo is shown on its own"),
    ("MAR,CHE", "Western Sahara")])
def test_disputed_territory_is_named_where_it_matters(codes: str, word: str) -> None:
    assert word in " ".join(caveats.territory(CompareReport(codes).group))
    assert word not in " ".join(caveats.territory(CompareReport("CHE,KAZ").group))


def test_a_share_is_shown_only_from_enough_tested_statements_on() -> None:
    group = report("security").group
    [bars] = [chart for chart in drawn("security") if chart.csv_name == "compare-verdicts.csv"]
    shown = {row[0] for row in bars.rows}
    for land in group.countries:
        number = len(shares.tested(statements(group.ledgers[land.iso3])))
        assert (land.name in shown) == (number >= shares.ENOUGH), (land.name, number)
    for row in bars.rows:
        land = next(one for one in group.countries if one.name == row[0])
        assert sum(row[1:]) == len(statements(group.ledgers[land.iso3]))


def test_every_verdict_on_a_statement_has_one_part_of_the_bar() -> None:
    counted = [word for words in shares.PARTS.values() for word in words]
    assert len(counted) == len(set(counted))
    for iso3 in library.assessed():
        found = statements(CompareReport(f"{iso3},NOR").group.ledgers[iso3])
        assert {row.verdict for row in found} <= set(counted), iso3


def test_small_numbers_carry_a_warning_with_what_one_statement_weighs() -> None:
    assert any(said.startswith("Small numbers: with") for said in sentences("security"))


def test_countries_without_a_text_stand_there_with_data_only() -> None:
    assert "No text on any of them is on file" in sentences("silent")[0]
    assert "Norway" in next(said for said in sentences("mixed") if "with data only" in said)


def test_nothing_is_ranked_and_the_order_is_declared() -> None:
    for case in CASES:
        told = " ".join(sentences(case)) + " ".join(chart.title for chart in drawn(case))
        told = told.replace("best estimate", "")
        assert not re.search(r"\b(best|worst|winner|overall|score|rank(ed|ing)?)\b", told), case
    assert all("order is no rank of partners" in plain(chart.subtitle)
               for chart in drawn("security") if chart.csv_name != "compare-verdicts.csv")


def test_a_comparison_of_the_past_knows_nothing_later() -> None:
    told = " ".join(sentences("past"))
    assert not re.search(r"\b202[2-9]\b", re.sub(r"\d{4} (update|release)", "", told))


def test_a_large_group_is_thinned_on_the_first_page_and_whole_behind_it() -> None:
    first = [block for block in report("many").first_chart() if isinstance(block, blocks.Chart)]
    assert len(first) == 1 and "Drawn are the first, middle and last" in plain(first[0].subtitle)
    later = [block for block in report("many").charts() if isinstance(block, blocks.Chart)]
    assert len(later) == len(report("many").group.card)


def test_a_value_that_dwarfs_all_others_leaves_the_scale_and_no_other_does() -> None:
    assert reach([0.0, 3.0, 5.0, 60.0, 70.0]) == 5.0
    assert reach([0.04, 0.06, 0.22, 0.85]) == 0.85
    assert reach([-2.0, -1.0, 0.0, 1.0]) == 1.0


@pytest.mark.parametrize("case", CASES)
def test_no_label_lies_on_another_or_leaves_the_sheet(case: str) -> None:
    one = report(case)
    with sheets.kept() as made:
        assert [*one.first_chart(), *one.charts(), *one.claim_shares()]
    assert made or case == "silent"
    assert sheets.faults(made) == []


@pytest.mark.slow
def test_the_notebook_renders_to_both_formats(atlas: Any, tmp_path: Any) -> None:
    done = atlas("render", "BLR", "UKR", "SRB", "--notebook", "compare", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "What may not be compared" in (tmp_path / "compare.html").read_text("utf-8")
    assert (tmp_path / "compare.pdf").stat().st_size > 20_000
    listed = atlas("list", "--out", str(tmp_path)).stdout
    assert "compare countries=BLR,UKR,SRB" in listed and "change: no report yet" in listed
