"""From two readings to a verdict, on hand-made claims about the country of tests/tiny."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from atlas import ledger_text, verdicts
from atlas.checks import Reading
from atlas.data import Tables
from atlas.model import Assessment
from atlas.verdicts import Judged

TINY = Tables(Path(__file__).parent / "tiny")
TODAY = date(2026, 6, 21)


def judged(day: date = TODAY, written: str = "2020-05", **claim: Any) -> Judged:
    text = Assessment.model_validate({
        "id": "AAA-2020-security", "country": "AAA", "edition": "2020", "publisher": "Office", "title": "T",
        "written": written, "source": "s", "claims": [{"id": "AAA-2020-security-R01", "question": "relevance",
                                                       "kind": "fact", "statement": "S.", "short": "s", **claim}]})
    return verdicts.judge(text.claims[0], text, TINY, day)


def reading(result: Any) -> Reading:
    return Reading(result, "")


@pytest.mark.parametrize(("then", "now", "verdict"), [
    ("supported", "supported", "holds"), ("supported", "contradicted", "no_longer_holds"),
    ("supported", "no_data", "stale"), ("supported", "mixed", "contested"), ("contradicted", "supported", "came_true"),
    ("contradicted", "contradicted", "contradicted_then"), ("contradicted", "no_data", "contradicted_then"),
    ("contradicted", "mixed", "contested"), ("mixed", "supported", "contested"), ("mixed", "contradicted", "contested"),
    ("mixed", "mixed", "contested"), ("mixed", "no_data", "contested"), ("no_data", "supported", "no_data"),
    ("no_data", "contradicted", "no_data"), ("no_data", "mixed", "contested"), ("no_data", "no_data", "no_data")])
def test_two_readings_make_one_verdict(then: str, now: str, verdict: str) -> None:
    assert verdicts.truth(reading(then), reading(now)) == verdict


def test_an_old_figure_makes_a_claim_stale_only_if_nothing_contradicts_it() -> None:
    assert verdicts.truth(reading("supported"), reading("supported"), stale=True) == "stale"
    assert verdicts.truth(reading("supported"), reading("contradicted"), stale=True) == "no_longer_holds"


def test_half_life_counts_from_the_end_of_the_newest_period() -> None:
    check = {"rule": "at_least", "indicator": "people", "value": 1}
    assert judged(half_life="fast", check=check).verdict == "stale"  # newest 2024, read in June 2026
    assert judged(half_life="slow", check=check).verdict == "holds"
    assert judged(half_life="fast", check={**check, "period": "2019", "fixed": True}).verdict == "holds"


def test_a_claim_that_stopped_holding_says_since_when() -> None:
    row = judged(check={"rule": "at_least", "indicator": "people", "value": 895_000})
    assert (row.verdict, row.since) == ("no_longer_holds", "2020")  # 900,000 in 2019, 890,000 in 2020
    row = judged(check={"rule": "member_of", "organisation": "Pact"})
    assert (row.verdict, row.since) == ("no_longer_holds", "2022-03-16")
    row = judged(check={"rule": "event", "event": "group-2020", "until": "group-ends-2020"})
    assert (row.verdict, row.since) == ("no_longer_holds", "2020-08-20")
    row = judged(check={"rule": "count_is", "table": "neighbours", "where": {"member_of": "EU"}, "value": 2})
    assert (row.verdict, row.since) == ("no_longer_holds", "2023-01-01")


def test_the_past_is_read_as_it_would_have_been_read() -> None:
    check = {"rule": "member_of", "organisation": "Pact"}
    assert judged(date(2022, 3, 15), check=check).verdict == "holds"
    assert judged(date(2022, 3, 16), check=check).verdict == "no_longer_holds"


def test_what_ceased_to_exist_is_overtaken_from_that_day_on() -> None:
    claim = {"check": {"rule": "event", "event": "visit-2018", "fixed": True}, "overtaken_by": "minister-dies"}
    assert judged(**claim).verdict == "overtaken"
    assert judged(date(2022, 11, 25), **claim).verdict == "holds"


def test_a_claim_contradicted_at_its_time_is_not_excused_by_later_events() -> None:
    row = judged(check={"rule": "event", "event": "visit-2021"}, overtaken_by="minister-dies")
    assert row.verdict == "came_true"


def test_a_forecast_ends_by_its_declared_outcomes() -> None:
    protest = {"kind": "forecast", "by": "2021-05",
               "outcomes": [{"verdict": "occurred", "when": {"rule": "event", "event": "protest-2020"}}]}
    assert judged(**protest).verdict == "occurred"
    never = {"kind": "forecast", "by": "2021-05",
             "outcomes": [{"verdict": "occurred", "when": {"rule": "event", "event": "minister-dies"}}]}
    assert judged(date(2021, 1, 1), **never).verdict == "pending"
    assert judged(date(2021, 7, 1), **never).verdict == "did_not_occur"
    assert judged(kind="forecast", unresolvable="No day is named.").verdict == "unresolvable"


def test_what_happens_after_the_deadline_does_not_fulfil_a_forecast() -> None:
    late = {"kind": "forecast", "by": "2021-05",
            "outcomes": [{"verdict": "occurred", "when": {"rule": "event", "event": "minister-dies"}}]}
    assert judged(**late).verdict == "did_not_occur"  # the minister dies in November 2022


def test_the_first_outcome_that_is_supported_settles_a_recommendation() -> None:
    advice = {"kind": "recommendation", "by": "2022-05", "outcomes": [
        {"verdict": "reversed", "when": {"rule": "event", "event": "group-ends-2020"}},
        {"verdict": "followed", "when": {"rule": "event", "event": "visit-2021"}}]}
    assert judged(**advice).verdict == "reversed"
    assert judged(date(2020, 7, 1), **advice).verdict == "pending"


def test_a_norm_and_a_gap_are_told_apart() -> None:
    assert judged(kind="norm", not_checkable="It says what ought to be.").verdict == "not_checkable"
    row = judged(no_data="Never measured.")
    assert (row.verdict, row.reason) == ("no_data", "Never measured.")


def test_the_promised_keys_and_nothing_else() -> None:
    row = ledger_text.as_json(judged(check={"rule": "lowest_in", "indicator": "arms", "among": "four"}))
    assert list(row) == ["id", "country", "edition", "publisher", "interest", "question", "kind", "statement",
                         "written", "verdict", "then", "now", "check", "sources", "note"]
    assert list(row["then"]) == ["result", "value", "unit", "period", "comparator", "detail"]
    assert (row["verdict"], row["then"]["value"], row["now"]["value"]) == ("contradicted_then", 1.2, 2.4)


def test_a_ledger_leaves_out_texts_not_yet_written() -> None:
    assert len(verdicts.ledger("AAA", tables=TINY).rows) == 1
    assert verdicts.ledger("AAA", tables=TINY, as_of=date(2019, 12, 31)).rows == []
    assert verdicts.ledger("BBB", tables=TINY).rows == []


def test_a_named_period_that_has_not_ended_has_no_figure_yet() -> None:
    check = {"rule": "at_least", "indicator": "people", "value": 1, "period": "2020", "fixed": True}
    assert judged(date(2020, 12, 30), check=check).verdict == "no_data"
    assert judged(date(2020, 12, 31), check=check).verdict == "holds"
