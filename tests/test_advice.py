"""Advice: what is sound, but should be looked at before anybody reads the report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from atlas import advice, assessment_file
from atlas.data import Tables
from atlas.paths import ROOT
from tinies import DATA

HEAD = """\
id: AAA-2020-trade
country: AAA
interest: trade
edition: "2020"
publisher: {publisher}
title: A title
written: 2020-05
source: https://example.org
"""
CLAIM = """\
  - id: AAA-2020-trade-R0{number}
    question: relevance
    kind: {kind}
    statement: {statement}
    short: s
    {settled}
"""


@pytest.fixture
def remarked(tmp_path: Path) -> Callable[..., list[str]]:
    """What is remarked on a file with these claims, in a copy of the tiny data."""
    shutil.copytree(DATA, tmp_path / "data")

    def remarks(*claims: dict[str, str], publisher: str = "Somebody") -> list[str]:
        path = tmp_path / "data" / "assessments" / "AAA-2020-trade.yaml"
        listed = [CLAIM.format(number=number, **{"kind": "fact", "statement": f"Sentence {number}.",
                                                 "settled": "no_data: nobody keeps such a table", **claim})
                  for number, claim in enumerate(claims, 1)]
        said = "claims:\n" + "".join(listed) if listed else "claims: []\n"
        path.write_text(HEAD.format(publisher=publisher) + said, encoding="utf-8")
        assessment_file.read(path)
        return [str(one) for one in advice.remarks(Tables(tmp_path / "data"), [path])]

    return remarks


def test_a_careful_file_is_not_remarked_upon(remarked: Callable[..., list[str]]) -> None:
    assert remarked({"statement": "Exports reach ten."}, {"statement": "Nobody knows what imports are."}) == []


def test_a_file_without_claims_or_with_gaps_of_its_draft_is(remarked: Callable[..., list[str]]) -> None:
    [empty, gap] = remarked(publisher=f"'{advice.PLACEHOLDER}'")
    assert empty.startswith("data/assessments/AAA-2020-trade.yaml:9: claims: no claims yet")
    assert "AAA-2020-trade.yaml:5: publisher: still reads '(to be filled in)'" in gap


def test_a_reason_of_two_words_is_no_reason(remarked: Callable[..., list[str]]) -> None:
    [said] = remarked({"settled": "no_data: not known"})
    assert "AAA-2020-trade-R01.no_data: 'not known' is no reason yet" in said


def test_a_hedged_number_with_an_exact_check_is_asked_about(remarked: Callable[..., list[str]]) -> None:
    exact = "check: {rule: count_is, table: neighbours, value: 3}"
    [said] = [one for one in remarked({"statement": "It has about 3 neighbours.", "settled": exact}) if "allows" in one]
    assert "AAA-2020-trade-R01.check.0: the statement says 'about 3'" in said
    bound = exact.replace("value: 3", "value: 3, bound: at_least")
    assert not [one for one in remarked({"statement": "It has about 3 neighbours.", "settled": bound})
                if "allows" in one]


def test_one_claim_said_twice_is_found_but_two_years_are_two_claims(remarked: Callable[..., list[str]]) -> None:
    twice = remarked({"statement": "The country sells most of its oil abroad."},
                     {"statement": "The country sells most of its oil abroad!"})
    assert [one for one in twice if "R02.statement: says nearly the same as AAA-2020-trade-R01" in one]
    assert remarked({"statement": "In 2019 it sold 17 ships."}, {"statement": "In 2020 it sold 44 ships."}) == []


def test_a_check_that_cannot_be_read_on_its_day_is_said(remarked: Callable[..., list[str]]) -> None:
    said, old = remarked({"settled": "check: {rule: at_least, indicator: rare, value: 1, period: 1950}"})
    assert "AAA-2020-trade-R01.check: cannot be read on the day of writing: Rare thing: no figure" in said
    assert "things.csv: rare: the newest figure is of 2019, though the series comes every year" in old


def test_the_command_prints_remarks_and_problems_for_machines(
        atlas: Callable[..., CompletedProcess[str]]) -> None:
    found = json.loads(atlas("check", "--json").stdout)
    assert set(found) == {"problems", "remarks"} and found["problems"] == []
    assert all(set(one) == {"file", "line", "field", "message"} for one in found["remarks"])
    assert any("half_life" in one["field"] for one in found["remarks"])
    assert all(one["line"] > 0 and (ROOT / one["file"]).exists() for one in found["remarks"] if ".yaml" in one["file"])
