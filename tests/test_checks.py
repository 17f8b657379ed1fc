"""Every rule on cases computed by hand from the tables in tests/tiny."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from atlas import checks
from atlas.checks import Clock
from atlas.checks.reading import combined
from atlas.data import Tables
from atlas.errors import WrongUse
from atlas.model import Check

TINY = Tables(Path(__file__).parent / "tiny")
THEN = Clock("then", date(2020, 5, 31))
NOW = Clock("now", date(2026, 6, 21))


def read(clock: Clock, rule: str, country: str = "AAA", **keys: Any) -> checks.Reading:
    return checks.read(Check.model_validate({"rule": rule, **keys}), TINY, country, clock)


@pytest.mark.parametrize(("clock", "rule", "keys", "expected"), [
    # people 2019: 900,000; 2024: 700,000. 900,000 lies within 15 % of 1,000,000 and not within 1 %.
    (THEN, "about", {"indicator": "people", "value": 1_000_000}, "supported"),
    (THEN, "about", {"indicator": "people", "value": 1_000_000, "tolerance": 0.01}, "contradicted"),
    (NOW, "about", {"indicator": "people", "value": 1_000_000}, "contradicted"),
    # arms 2019: 1.2 by one source, 0.9 by the other; 1.0 plus or minus 15 % holds only the second.
    (THEN, "about", {"indicator": "arms", "value": 1.0}, "mixed"),
    (THEN, "about", {"indicator": "people", "value": 900_000, "tolerance": 0}, "supported"),
    (THEN, "at_least", {"indicator": "people", "value": 900_000}, "supported"),
    (NOW, "at_least", {"indicator": "people", "value": 900_000}, "contradicted"),
    (NOW, "at_most", {"indicator": "people", "value": 700_000}, "supported"),
    (THEN, "at_most", {"indicator": "people", "value": 899_999}, "contradicted"),
    (THEN, "between", {"indicator": "people", "low": 900_000, "high": 950_000}, "supported"),
    (NOW, "between", {"indicator": "people", "low": 900_000, "high": 950_000}, "contradicted"),
    # The named period is read on the first clock only, unless the claim is fixed to it.
    (THEN, "about", {"indicator": "people", "value": 1_000_000, "tolerance": 0, "period": "2015"}, "supported"),
    (NOW, "about", {"indicator": "people", "value": 1_000_000, "tolerance": 0, "period": "2015"}, "contradicted"),
    (NOW, "about", {"indicator": "people", "value": 1_000_000, "tolerance": 0, "period": "2015", "fixed": True},
     "supported"),
    (THEN, "about", {"indicator": "people", "value": 1, "period": "2011"}, "no_data"),
    # prisoners are dated: 3 on 30 April 2020, before the text of May 2020.
    (THEN, "at_most", {"indicator": "prisoners", "value": 3}, "supported"),
    # trade with BBB: 30 of 100 in 2019, 60 of 100 in 2023.
    (THEN, "share_of", {"indicator": "trade", "partner": "BBB", "of": "trade_total", "value": 50}, "contradicted"),
    (NOW, "share_of", {"indicator": "trade", "partner": "BBB", "of": "trade_total", "value": 50}, "supported"),
    # arms 2019: BBB 0.5 < AAA 1.2 < CCC 4 < DDD 6.
    (THEN, "lowest_in", {"indicator": "arms", "among": "four"}, "contradicted"),
    (THEN, "rank_in", {"indicator": "arms", "among": "four", "rank": 2, "order": "lowest"}, "supported"),
    (THEN, "rank_in", {"indicator": "arms", "among": "four", "rank": [1, 3]}, "supported"),
    (THEN, "rank_in", {"indicator": "arms", "among": "four", "rank": [1, 2]}, "contradicted"),
    (THEN, "highest_in", {"indicator": "arms", "among": ["BBB"]}, "supported"),
    (THEN, "above", {"indicator": "arms", "of": ["BBB"], "by": "every"}, "supported"),
    (THEN, "above", {"indicator": "arms", "of": "neighbours", "by": "every"}, "mixed"),
    (THEN, "below", {"indicator": "arms", "of": "neighbours"}, "supported"),  # 1.2 < median(0.5, 4, 6) = 4
    (THEN, "above", {"indicator": "arms", "of": "neighbours"}, "contradicted"),
    # 1.2 / 6 = 0.20, 1.2 / 4 = 0.30, 1.2 / 0.5 = 2.4
    (THEN, "ratio_to", {"indicator": "arms", "ratio": 0.2, "of": ["DDD"]}, "supported"),
    (THEN, "ratio_to", {"indicator": "arms", "ratio": 0.2, "of": ["CCC", "DDD"]}, "mixed"),
    (THEN, "ratio_to", {"indicator": "arms", "ratio": 0.2, "of": ["BBB"]}, "contradicted"),
    # rare: two of four countries have data in 2019, below 65 per cent.
    (THEN, "highest_in", {"indicator": "rare", "among": "four"}, "no_data"),
    # votes 2019: |0.2 - 0.6| = 0.4 to CCC, |0.2 + 1.0| = 1.2 to BBB; 2024: 2.1 and 0.1.
    (THEN, "closer_to", {"indicator": "votes", "to": "CCC", "than": "BBB"}, "supported"),
    (NOW, "closer_to", {"indicator": "votes", "to": "CCC", "than": "BBB"}, "contradicted"),
    # people 2015 to 2019: -10 %; 2019 to 2024: -22 %.
    (THEN, "falling", {"indicator": "people", "since": 2015, "by": 10}, "supported"),
    (THEN, "falling", {"indicator": "people", "since": 2015, "by": 11}, "contradicted"),
    (NOW, "falling", {"indicator": "people", "years": 5, "by": 20}, "supported"),
    (NOW, "rising", {"indicator": "people", "years": 5, "by": 1}, "contradicted"),
    (THEN, "flat", {"indicator": "people", "since": 2015, "by": 11}, "supported"),
    (THEN, "falling", {"indicator": "people", "since": 2015, "by": 100_000, "measure": "units"}, "supported"),
    (THEN, "falling", {"indicator": "people", "since": 2014, "by": 1}, "no_data"),
    # supply 2019: gas 50, coal 30, oil 20.
    (THEN, "rank_among_parts", {"indicator": "gas", "among": ["coal", "oil"], "rank": 1}, "supported"),
    (THEN, "rank_among_parts", {"indicator": "oil", "among": ["coal", "gas"], "rank": 2}, "contradicted"),
    # AAA borders BBB and CCC in the EU; DDD joins in 2023.
    (THEN, "count_is", {"table": "neighbours", "where": {"member_of": "EU"}, "value": 2}, "supported"),
    (NOW, "count_is", {"table": "neighbours", "where": {"member_of": "EU"}, "value": 2}, "contradicted"),
    (NOW, "count_is", {"table": "neighbours", "value": 3}, "supported"),
    (THEN, "count_is", {"table": "memberships", "where": {"organisation": "EU"}, "value": 2}, "supported"),
    # visits: June 2018 and the joint group of February 2020 by May 2020; one more by June 2026.
    (THEN, "count_is", {"table": "events", "where": {"kind": "visit"}, "value": 2}, "supported"),
    (NOW, "count_is", {"table": "events", "where": {"kind": "visit"}, "value": 3, "bound": "at_least"}, "supported"),
    (NOW, "count_is", {"table": "events", "where": {"kind": "visit"}, "value": 1, "years": 3, "bound": "at_least"},
     "contradicted"),
    (THEN, "member_of", {"organisation": "Pact"}, "supported"),
    (NOW, "member_of", {"organisation": "Pact"}, "contradicted"),
    (THEN, "party_to", {"instrument": "Arms treaty"}, "supported"),  # only its later suspension is on record
    (NOW, "party_to", {"instrument": "Arms treaty"}, "contradicted"),
    (NOW, "party_to", {"instrument": "Arms treaty", "status": "suspended"}, "supported"),
    (THEN, "party_to", {"instrument": "Programme"}, "supported"),
    (NOW, "party_to", {"instrument": "Programme"}, "contradicted"),
    (THEN, "party_to", {"instrument": "New pact"}, "contradicted"),  # nothing before 2025
    (NOW, "party_to", {"instrument": "New pact"}, "supported"),
    (THEN, "event", {"event": "visit-2018"}, "supported"),
    (THEN, "event", {"event": "visit-2021"}, "contradicted"),
    (NOW, "event", {"event": ["visit-2018", "visit-2021"]}, "supported"),
    (THEN, "event", {"event": ["visit-2018", "visit-2021"]}, "mixed"),
    (THEN, "event", {"event": "visit-2021", "exists": False}, "supported"),
    (NOW, "event", {"event": "visit-2021", "exists": False}, "contradicted"),
    (THEN, "event", {"event": "group-2020", "until": "group-ends-2020"}, "supported"),
    (NOW, "event", {"event": "group-2020", "until": "group-ends-2020"}, "contradicted"),
])
def test_a_rule_reads_what_was_computed_by_hand(clock: Clock, rule: str, keys: dict[str, Any], expected: str) -> None:
    reading = read(clock, rule, **keys)
    assert reading.result == expected, reading.detail


def test_every_rule_is_tried_above() -> None:
    tried = {case[1] for case in test_a_rule_reads_what_was_computed_by_hand.pytestmark[0].args[1]}
    assert tried == set(checks.RULES)


def test_the_detail_shows_the_arithmetic() -> None:
    assert read(THEN, "lowest_in", indicator="arms", among="four").detail.replace("\u00a0", " ") == (
        "Military spending: Arcadia is second lowest of 4 with data among the four states in 2019, at 1.2 % of GDP; "
        "the lowest is Borduria at 0.5 % of GDP.")


def test_sources_that_disagree_are_both_named() -> None:
    detail = read(THEN, "about", indicator="arms", value=1.0).detail
    assert "Office One" in detail and "Office Two" in detail


def test_a_value_of_the_time_may_not_be_older_than_three_years() -> None:
    late = Clock("then", date(2028, 5, 1))
    assert read(late, "at_least", indicator="people", value=1).result == "supported"  # 2024, three years before 2027
    assert read(Clock("then", date(2029, 5, 1)), "at_least", indicator="people", value=1).result == "no_data"


def test_a_missing_figure_says_what_there_is() -> None:
    assert "run from 2015 to 2024" in read(THEN, "about", indicator="people", value=1, period="2011").detail


def test_another_country_can_be_named() -> None:
    assert read(THEN, "at_least", country="CCC", indicator="arms", value=4).result == "supported"
    assert checks.read(Check.model_validate({"rule": "at_least", "indicator": "arms", "value": 4, "country": "CCC"}),
                       TINY, "AAA", THEN).result == "supported"


@pytest.mark.parametrize(("given", "message"), [
    ({"rule": "lowst_in", "indicator": "arms", "among": "four"}, "did you mean lowest_in?"),
    ({"rule": "about", "indicator": "armz", "value": 1}, "did you mean arms?"),
    ({"rule": "about", "indicator": "arms"}, "rule about needs this key"),
    ({"rule": "about", "indicator": "arms", "value": 1, "tolerence": 0.1}, "did you mean tolerance?"),
    ({"rule": "about", "indicator": "arms", "value": "much"}, "valid number"),
    ({"rule": "lowest_in", "indicator": "arms", "among": "fore"}, "did you mean four?"),
    ({"rule": "event", "event": "minister-die"}, "did you mean minister-dies?"),
    ({"rule": "member_of", "organisation": "Pct"}, "did you mean Pact?"),
    ({"rule": "party_to", "instrument": "Arms treatty"}, "did you mean Arms treaty?"),
    ({"rule": "closer_to", "indicator": "votes", "to": "CCD", "than": "BBB"}, "did you mean"),
    ({"rule": "about", "indicator": "arms", "value": 1, "partner": "BBX"}, "did you mean BBB?"),
])
def test_a_faulty_check_says_what_was_expected(given: dict[str, Any], message: str) -> None:
    with pytest.raises(WrongUse, match=message.replace("?", r"\?")):
        checks.read(Check.model_validate(given), TINY, "AAA", THEN)


def test_scopes_that_disagree_are_mixed_and_silent_scopes_do_not_vote() -> None:
    yes = checks.Reading("supported", "Yes.")
    no, silent = checks.Reading("contradicted", "No."), checks.Reading("no_data", "Nothing.")
    assert combined([("goods", yes), ("services", no)]).result == "mixed"
    assert combined([("goods", yes), ("services", silent)]).result == "supported"
    assert combined([("goods", silent), ("services", silent)]).result == "no_data"
    assert combined([("goods", yes), ("services", no)]).detail == "Goods: Yes. Services: No."
