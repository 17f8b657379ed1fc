"""The charts of an options report: what they draw, and what they say to those who do not see them."""

from __future__ import annotations

import pandas as pd

from atlas import charts
from atlas.blocks import Chart, Note
from atlas.charts import Caption

CAPTION = Caption("A finding as a sentence", "Share of draws", "% of draws", 0, "Source: a test.", "test")
NAMES = ["isolation", "engagement", "easing"]


def chart(block: Chart | Note) -> Chart:
    assert isinstance(block, Chart)
    assert 0 < len(block.alt) <= 300 and "<svg" in block.svg
    return block


def test_standings_show_each_share_that_has_room_and_hand_over_all() -> None:
    table = pd.DataFrame([[0.6, 0.3, 0.1], [0.398, 0.6, 0.002], [0.002, 0.1, 0.898]], index=NAMES)
    found = chart(charts.standings(table, CAPTION))
    assert found.rows[1] == ["engagement", 39.8, 60.0, 0.2]
    assert "60\u00a0%" in found.svg and "First place: isolation 60\u00a0%" in found.alt
    assert "easing under 1\u00a0%" in found.alt


def test_ranges_differ_by_origin_without_colour() -> None:
    rows = [{"row": "calm", "column": name, "low": -1.0, "high": 1.0, "origin": origin}
            for name, origin in zip(NAMES, ("text", "source", "panel"), strict=True)]
    found = chart(charts.ranges(pd.DataFrame(rows), CAPTION, low=-2, high=2, ends=("worse", "better"),
                                origins=[("text", "text"), ("source", "other source"), ("panel", "panel: our "
                                                                                                 "example")]))
    assert found.svg.count("url(#h") >= 2  # hatching: in the key and in the cell
    assert "3 cells: one text" in found.alt or "3 cells: 1 text" in found.alt
    assert found.rows[2] == ["calm", "easing", -1.0, 1.0, "panel"]


def test_profiles_name_what_each_option_is_chosen_for() -> None:
    table = pd.DataFrame({"isolation": [0.6, 0.2, 0.2], "easing": [0.2, 0.2, 0.6]}, index=["a", "b", "c"])
    found = chart(charts.profiles(table, pd.Series([1 / 3] * 3, index=table.index), CAPTION))
    assert "Isolation: most above average a" in found.alt and "Easing: most above average c" in found.alt
    assert found.rows[0] == ["a", 33.3, 60.0, 20.0]


def test_leads_say_where_the_lead_changes() -> None:
    rows = [("a", "isolation", 0.0, 0.4, 0.3), ("a", "easing", 0.4, 1.0, 0.3), ("b", "isolation", 0.0, 1.0, 0.7)]
    table = pd.DataFrame(rows, columns=["criterion", "option", "start", "end", "weight"])
    found = chart(charts.leads(table, CAPTION, options=NAMES))
    assert "The lead changes along 1 of 2 strips" in found.alt and "isolation leads" in found.alt
    assert found.rows[1] == ["a", 30.0, "easing", 40.0, 100.0]


def test_a_grid_leaves_gaps_empty_and_marks_a_column() -> None:
    table = pd.DataFrame([[None, 70.0], [30.0, None]], index=NAMES[:2], columns=NAMES[:2]).astype(float)
    found = chart(charts.grid(table, CAPTION, down="option", across="beats", marked="isolation"))
    assert found.rows == [["isolation", None, 70.0], ["engagement", 30.0, None]]
    assert "Largest: isolation, engagement 70\u00a0%" in found.alt


def test_nothing_to_draw_is_said_in_words() -> None:
    empty = pd.DataFrame()
    for block in (charts.standings(empty, CAPTION), charts.grid(empty, CAPTION, down="a", across="b"),
                  charts.leads(empty, CAPTION, options=[]), charts.profiles(empty, pd.Series(dtype=float), CAPTION),
                  charts.ranges(empty, CAPTION, low=0, high=1, ends=("", ""), origins=[])):
        assert isinstance(block, Note)
