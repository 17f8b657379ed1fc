"""Charts: what every drawing promises, on real tables and on awkward countries."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise, permutations
from typing import Any
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from atlas import charts, paths, words
from atlas.blocks import Chart, Note
from atlas.charts import Caption, places, scales, style, worldmap
from atlas.charts.projection import equal_earth, untorn
from atlas.charts.sheet import WIDTH, Sheet
from atlas.data import tables

COUNTRIES = ("BLR", "RUS", "SRB", "CHE", "UKR", "KAZ", "USA", "XKX", "LIE", "PRK", "NRU")
SHARE = Caption(title="A finding.", measure="Military spending", unit="% of GDP", digits=1, name="mil",
                source="Source: SIPRI, through World Development Indicators (CC BY 4.0).", scope="its neighbours")
WRITTEN = (("2020-05", "written May 2020"), ("2021-06", "Clingendael 2021"), ("2024-01", "SWP 2024"),
           ("2025-03", "Clingendael 2025"))
Drawn = tuple[str, Chart | Note, Sheet | None]


def frame(indicator: str, codes: list[str]) -> pd.DataFrame:
    """Return an indicator of several countries in long form; a country without figures has one empty row."""
    parts = []
    for code in codes:
        rows = tables().series(indicator, code).drop_duplicates("period")
        rows = rows[rows["period"] >= "2000"]
        values = rows["value"] if len(rows) else [float("nan")]
        periods = rows["period"] if len(rows) else ["2020"]
        parts.append(pd.DataFrame({"iso3": code, "label": tables().country(code).name, "period": periods,
                                   "value": values}))
    return pd.concat(parts, ignore_index=True)


def then_now(indicator: str, codes: list[str], then: str, now: str) -> pd.DataFrame:
    """Return an indicator of several countries at two years."""
    found = [tables().figures(indicator, code).preferred for code in codes]
    return pd.DataFrame({"iso3": codes, "label": [tables().country(code).name for code in codes],
                         "then": [one.get(then, float("nan")) for one in found],
                         "now": [one.get(now, float("nan")) for one in found]})


@cache
def the_world() -> pd.DataFrame:
    """Return the population of every state at two years."""
    states = [one.iso3 for one in tables().countries.values() if one.kind == "state"]
    return then_now("population_total", states, "2019", "2024")


def events(code: str) -> pd.DataFrame:
    """Return the events of a country, every ninth with its first words as a label."""
    found = [event for event in tables().events.values() if code in event.countries]
    apart = max(1, len(found) // 9)
    return pd.DataFrame([{"date": event.when, "direction": event.direction, "what": event.what,
                          "label": " ".join(event.what.split()[:4]) if i % apart == 0 else ""}
                         for i, event in enumerate(found)], columns=["date", "direction", "what", "label"])


def stretches(code: str) -> pd.DataFrame:
    """Return the treaties and measures of a country."""
    return pd.DataFrame([{"label": one.name, "status": one.status, "start": one.start, "end": one.end}
                         for one in tables().status if one.iso3 == code], columns=["label", "status", "start", "end"])


def shares(code: str) -> pd.DataFrame:
    """Return what a country's electricity is made of."""
    parts = {name: tables().series(f"electricity_share_{name}_pct", code).set_index("period")["value"]
             for name in ("nuclear", "fossil", "hydro", "wind", "solar")}
    return pd.DataFrame([{"label": year, "part": name, "value": values.get(year)}
                         for year in ("2000", "2010", "2019", "2023") for name, values in parts.items()]
                        ).astype({"value": float})


def distances(code: str) -> pd.DataFrame:
    """Return a country's distance to its own best and to its neighbours' median."""
    rows = []
    for name in ("rd_expenditure_pct_gdp", "exports_pct_gdp", "vdem_liberal_democracy",
                 "gdp_per_capita_constant_2015_usd", "unga_ideal_point"):
        indicator = tables().indicator(name)
        own = tables().series(name, code).drop_duplicates("period")
        best = own.sort_values("value").iloc[-1] if len(own) else None
        near = [tables().series(name, one)["value"].iloc[-1] for one in tables().neighbours(code)
                if len(tables().series(name, one))]
        rows.append({"label": indicator.title, "unit": indicator.unit, "digits": indicator.digits,
                     "value": own["value"].iloc[-1] if len(own) else None,
                     "period": own["period"].iloc[-1] if len(own) else "",
                     "best": best["value"] if best is not None else None,
                     "best_period": best["period"] if best is not None else "",
                     "median": pd.Series(near).median() if near else None, "goal": None})
    return pd.DataFrame(rows)


def spans(indicator: str, codes: list[str]) -> pd.DataFrame:
    """The newest value of some countries on the range of their last years."""
    found = frame(indicator, codes).sort_values("period").groupby("label", sort=False)
    rows = [{"label": label, "value": mine["value"].iloc[-1], "period": mine["period"].iloc[-1],
             "low": mine["value"].tail(10).min(), "high": mine["value"].tail(10).max(), "n": min(10, len(mine)),
             "old": mine["period"].iloc[-1] < "2022"} for label, mine in found]
    return pd.DataFrame(rows, columns=["label", "value", "period", "low", "high", "n", "old"])


def topic_table() -> pd.DataFrame:
    """What five texts say on two matters."""
    rows = [("EU leverage", "2021-08", "Clingendael", "little EU leverage", False),
            ("EU leverage", "2025-10", "Clingendael", "strong EU levers", True),
            ("Rules-based order", "2020-05", "Stiftung Wissenschaft und Politik", "a test case for them " * 2, False),
            ("Rules-based order", "2022-06", "KAS", "a role confirmed by the war", False),
            ("Rules-based order", "2022-06-30", "SWP", "free choice of alliances", False)]
    return pd.DataFrame(rows, columns=["topic", "date", "who", "said", "differs"])


def every_kind(code: str) -> Iterator[tuple[str, Callable[[], Chart | Note]]]:
    """Yield every kind of chart of a country."""
    name = tables().country(code).name
    near = [code, *tables().neighbours(code)]
    post_soviet = list(dict.fromkeys([code, *tables().peers("post_soviet", code, tables().newest).members]))
    military = "military_expenditure_pct_gdp"
    first = replace(SHARE, size="first_page")
    yield "dots", lambda: charts.dots(then_now(military, post_soviet, "2019", "2024"), SHARE, country=code,
                                      then="2019", now="2024", reference=(1.2, "the text: 1.2 %"))
    yield "dots of the world", lambda: charts.dots(
        the_world(),
        Caption("A finding.", "Population", "persons", -3, "Source.", "pop"), country=code, then="2019", now="2024")
    yield "first page", lambda: charts.dots(then_now(military, near, "2019", "2024"), first, country=code, then="2019",
                                            now="2024")
    yield "lines", lambda: charts.lines(frame(military, near), SHARE, country=code, written=WRITTEN, claimed=(
        1.2, "the text: 1.2 %"), events=(("2020-08-09", "election"), ("2022-02-24", "invasion of Ukraine")))
    yield "lines of money", lambda: charts.lines(
        frame("gdp_constant_2015_usd", near), Caption("A finding.", "GDP", "constant 2015 US$", -8, "Source.", "gdp"),
        country=code, written=WRITTEN)
    yield "timeline", lambda: charts.timeline(events(code), replace(SHARE, measure="Events", unit=""), country=name,
                                              written=WRITTEN)
    yield "strips", lambda: charts.strips(stretches(code), replace(SHARE, measure="Treaties", unit=""), country=name,
                                          as_of="2026-06-21", written=WRITTEN)
    yield "mix", lambda: charts.mix(shares(code), replace(SHARE, measure="Electricity", unit="% of generation"),
                                    country=name, total=100)
    yield "slopes", lambda: charts.slopes(
        frame("vdem_liberal_democracy", near).query("period in ['2004', '2014', '2019', '2024']"),
        Caption("A finding.", "Liberal democracy", "index 0-1", 2, "Source.", "dem"), highlight=name, country=name)
    yield "columns", lambda: charts.columns(
        frame("asylum_applications_new_in_germany_by_origin", [code]),
        Caption("A finding.", "Asylum applications in Germany", "persons", -1, "Source.", "asylum"), country=name,
        events=(("2009-12-19", "visa-free travel"), ("2015-10", "safe country of origin")), written=WRITTEN)
    yield "small multiples", lambda: charts.small_multiples(frame(military, near), SHARE, country=code)
    yield "distance", lambda: charts.distance(distances(code), replace(SHARE, measure="Potential", unit=""),
                                              country=name)
    yield "matrix", lambda: charts.matrix(
        pd.DataFrame([[12, 8, 0], [3, 14, 2], [0, 1, 9]], index=["supported", "contradicted", "no data"],
                     columns=["supported", "contradicted", "no data"]),
        replace(SHARE, measure="Claims", unit=""), down="then", across="now")
    yield "intervals", lambda: charts.intervals(spans(military, near), SHARE, interval="Grey: the range of ten years")
    yield "tallies", lambda: charts.tallies(
        pd.DataFrame([[41, 24, 1, 5, 28], [9, 1, 1, 1, 4], [0, 0, 1, 0, 0]], index=[name, "Côte d’Ivoire", "DR Congo"],
                     columns=["holds or came true", "no longer holds", "contradicted at the time", "contested",
                              "untested"]), replace(SHARE, measure="Statements", unit=""))
    yield "topics", lambda: charts.topics(topic_table(), replace(SHARE, measure="Texts", unit=""), country=name)


@cache
def drawn(code: str) -> list[Drawn]:
    """Draw every kind for a country, keeping the sheets to look at."""
    sheets: list[Sheet] = []
    kept = Sheet.svg

    def svg(self: Sheet, height: float) -> str:
        sheets.append(self)
        return kept(self, height)

    found: list[Drawn] = []
    Sheet.svg = svg  # type: ignore[method-assign]
    try:
        for name, draw in every_kind(code):
            before = len(sheets)
            chart = draw()
            found.append((name, chart, sheets[-1] if len(sheets) > before else None))
    finally:
        Sheet.svg = kept  # type: ignore[method-assign]
    return found


def faults(code: str) -> list[str]:
    """Say what is wrong with the labels of a country's charts."""
    found = []
    for name, _, sheet in drawn(code):
        if sheet is None:
            continue
        for label in sheet.labels:
            box = label.box
            if box.left < -0.5 or box.right > WIDTH + 0.5 or box.top < -1 or box.bottom > sheet.height + 1:
                found.append(f"{code} {name}: {label.text!r} leaves the sheet")
        found += [f"{code} {name}: {one.text!r} lies on {other.text!r}"
                  for one, other in combinations(sheet.labels, 2) if one.box.meets(other.box, -0.8)]
    return found


@pytest.mark.parametrize("code", COUNTRIES)
def test_no_label_lies_on_another_or_leaves_the_sheet(code: str) -> None:
    assert faults(code) == []


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_chart_is_described_in_at_most_300_characters(code: str) -> None:
    for name, chart, _ in drawn(code):
        if isinstance(chart, Chart):
            assert 40 <= len(chart.alt) <= 300, name
            assert chart.rows, name
            assert all(len(row) == len(chart.columns) for row in chart.rows), name


@pytest.mark.parametrize("code", COUNTRIES)
def test_only_colours_of_the_palette_are_used(code: str) -> None:
    allowed = set(style.palette().values())
    for name, chart, _ in drawn(code):
        if isinstance(chart, Chart):
            assert set(re.findall(r"#[0-9a-f]{6}\b", chart.svg)) <= allowed, name


def test_a_country_without_figures_is_said_in_words() -> None:
    notes = {name: chart for name, chart, _ in drawn("NRU") if isinstance(chart, Note)}
    assert {"dots", "lines", "timeline", "strips"} <= notes.keys()
    assert words.NBSP not in str(notes["dots"].text)
    assert "hold no figure for Nauru" in str(notes["dots"].text)


def test_peers_without_figures_are_named() -> None:
    chart = _chart("BLR", "dots")
    assert "No data: Turkmenistan and Uzbekistan" in str(chart.subtitle)


def test_the_alt_text_holds_the_countrys_numbers() -> None:
    table = then_now("military_expenditure_pct_gdp", ["BLR"], "2019", "2024").iloc[0]
    alt = _chart("BLR", "dots").alt.replace(words.NBSP, " ")
    assert f"{table['then']:.1f} % in 2019" in alt
    assert f"{table['now']:.1f} % in 2024" in alt


def test_a_value_that_dwarfs_the_others_is_marked_at_the_edge_and_said() -> None:
    chart = _chart("BLR", "dots")
    assert re.search(r"Ukraine \(3\d\.\d.%\) is off the scale", str(chart.subtitle))
    assert "off the scale" not in str(_chart("UKR", "dots").subtitle)


def test_large_peer_sets_are_thinned_and_say_so() -> None:
    chart = _chart("CHE", "dots of the world")
    assert "Shown are 16 of" in str(chart.subtitle)
    assert len(chart.rows) > 150


def test_columns_start_at_zero() -> None:
    sheet = _sheet("SRB", "columns")
    assert "0" in [label.text for label in sheet.labels]


def test_a_scale_without_zero_says_where_it_starts() -> None:
    table = pd.DataFrame({"iso3": "BLR", "label": "Belarus", "period": ["2019", "2020", "2021"],
                          "value": [90.0, 93, 97]})
    chart = charts.lines(table, SHARE, country="BLR")
    assert isinstance(chart, Chart)
    assert "The scale starts at 90" in str(chart.subtitle)


def test_gaps_in_a_series_are_dashed_and_said() -> None:
    table = pd.DataFrame({"iso3": "BLR", "label": "Belarus", "period": ["2001", "2002", "2003", "2010"],
                          "value": [1.0, 2, 3, 4]})
    chart = charts.lines(table, SHARE, country="BLR")
    assert isinstance(chart, Chart)
    assert "Dashed: years without a figure" in str(chart.subtitle)
    assert "stroke-dasharray" in chart.svg


def test_the_same_table_gives_the_same_bytes() -> None:
    kinds = dict(every_kind("BLR"))
    for name in ("dots", "lines", "timeline", "strips"):
        again = kinds[name]()
        assert isinstance(again, Chart)
        assert again == _chart("BLR", name), name


def test_a_users_own_settings_change_nothing() -> None:
    with matplotlib.rc_context({"font.size": 20, "lines.linewidth": 9, "svg.fonttype": "path"}):
        again = dict(every_kind("BLR"))["dots"]()
    assert again == _chart("BLR", "dots")


@pytest.mark.parametrize("code", COUNTRIES)
def test_text_is_text_large_enough_and_in_a_face_that_readers_have(code: str) -> None:
    for name, chart, _ in drawn(code):
        if not isinstance(chart, Chart):
            continue
        texts = ElementTree.fromstring(chart.svg).findall(".//{http://www.w3.org/2000/svg}text")
        assert texts, name
        for text in texts:
            look = text.get("style", "")
            size = re.search(r"([\d.]+)px", look)
            assert size and float(size[1]) >= 8.5, (name, text.text)
            assert "Roboto, system-ui, Arial, sans-serif" in look, (name, look)


def test_every_chart_is_as_wide_as_the_text() -> None:
    for _, chart, sheet in drawn("BLR"):
        assert isinstance(chart, Chart) and sheet is not None
        assert chart.svg.startswith("<svg")
        assert 'width="489.6pt"' in chart.svg
        assert 'fill: #ffffff"/>\n</g>' not in chart.svg[:600]  # no ground of its own: the page's shows through


def test_a_first_page_chart_is_lower() -> None:
    sheet = _sheet("BLR", "first page")
    assert 1.0 * 72 < sheet.height < 3.4 * 72


def test_measured_widths_are_those_of_the_drawing() -> None:
    sheet = _sheet("BLR", "dots")
    figure = sheet.figure
    renderer = FigureCanvasAgg(figure).get_renderer()
    for label, text in zip(sheet.labels, figure.findobj(Text), strict=True):
        drawn_width = text.get_window_extent(renderer).width / figure.dpi * 72
        assert drawn_width <= label.box.right - label.box.left + 1.5, label.text


def _luminance(colour: str) -> float:
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("name", "least"), [("ink", 4.5), ("soft", 4.5), ("accent", 4.5), ("hue2", 4.5), ("hue3", 4.5),
                                             ("hue4", 4.5), ("peer", 3.0)])
def test_text_and_marks_stand_out_from_paper(name: str, least: float) -> None:
    assert 1.05 / (_luminance(style.palette()[name]) + 0.05) >= least


def test_the_style_sheet_uses_no_colour_outside_its_palette() -> None:
    text = (paths.PACKAGE / "house.mplstyle").read_text(encoding="utf-8")
    settings = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    used = {f"#{code}" for code in re.findall(r"\b[0-9a-f]{6}\b", settings)}
    assert used and used <= set(style.palette().values())


def test_no_chart_takes_or_names_a_colour_code() -> None:
    for file in (paths.PACKAGE / "charts").glob("*.py"):
        code = re.sub(r'""".*?"""', "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"#[0-9a-fA-F]{6}\b", code), file.name
        assert "pyplot" not in code, file.name


def test_spread_keeps_order_gap_and_bounds() -> None:
    placed = places.spread([50.0, 50, 50, 95, 99], 10, 0, 100)
    assert placed == sorted(placed)
    assert all(later - earlier >= 10 - 1e-9 for earlier, later in pairwise(placed))
    assert placed[-1] <= 100


@pytest.mark.parametrize("seed", range(40))
def test_no_stalk_of_a_date_crosses_a_label(seed: int) -> None:
    draw = random.Random(seed)
    points = sorted(draw.uniform(80, 470) for _ in range(draw.randint(1, 9)))
    wide = [draw.uniform(20, 160) for _ in points]
    found = places.callouts(points, wide, 0, WIDTH)
    ends = [(x, x + w) if side == "left" else (x - w, x) for x, w, (_, side) in zip(points, wide, found, strict=True)]
    for below, above in permutations(range(len(points)), 2):
        if found[above][0] > found[below][0]:  # the stalk of the upper label passes the lower one's lane
            assert not ends[below][0] < points[above] < ends[below][1]
        if found[above][0] == found[below][0]:
            assert ends[below][1] <= ends[above][0] or ends[above][1] <= ends[below][0]


def test_labels_of_dates_stay_on_the_sheet() -> None:
    points, wide = [318.0, 413, 474, 480, 497, 537, 568, 596], [90.0, 90, 175, 138, 138, 135, 60, 22]
    found = places.callouts([point * 0.75 for point in points], wide, 0, WIDTH)
    for x, w, (_, side) in zip(points, wide, found, strict=True):
        assert x * 0.75 + w <= WIDTH if side == "left" else x * 0.75 - w >= 0


def test_an_index_with_bounds_keeps_every_line_on_the_scale() -> None:
    codes = [code for code in ("KAZ", "KGZ", "TKM", "UZB") for _ in range(3)]
    table = pd.DataFrame({"iso3": codes, "label": codes, "period": ["2020", "2021", "2022"] * 4,
                          "value": [0.1, 0.12, 0.13, 0.3, 0.33, 0.2, 0.03, 0.03, 0.03, 0.08, 0.08, 0.08]})
    chart = charts.lines(table, replace(SHARE, unit="index 0-1"), country="KAZ", bounds=(0, 1))
    assert isinstance(chart, Chart)
    assert "leaves the scale" not in str(chart.subtitle)


def test_counts_have_whole_ticks_and_no_years_to_come() -> None:
    table = pd.DataFrame({"period": ["2023", "2024", "2025"], "value": [2.0, 1, 0]})
    chart = charts.columns(table, replace(SHARE, unit="", digits=0), country="Switzerland")
    assert isinstance(chart, Chart)
    assert ">2025<" in chart.svg
    assert ">0.5<" not in chart.svg
    assert ">2026<" not in chart.svg


def test_figures_of_single_days_are_not_called_gaps() -> None:
    table = pd.DataFrame({"iso3": "BLR", "label": "Belarus", "value": [25.0, 170, 970, 1500, 1135],
                          "period": ["2020-08-09", "2020-12-31", "2021-12-31", "2023-04-28", "2024-06-30"]})
    chart = charts.lines(table, replace(SHARE, unit="persons", digits=0), country="BLR")
    assert isinstance(chart, Chart)
    assert "Dashed" not in str(chart.subtitle)


@pytest.mark.parametrize(("unit", "digits", "value", "said"), [
    ("% of GDP", 1, 1.387, "1.4 %"), ("persons", -3, 9379952, "9.38 million"), ("persons", -1, 1144, "1,140"),
    ("constant 2015 US$", -8, 6.62e10, "USD 66.2 billion"), ("index 0-1", 2, 0.2249, "0.22"),
    ("standard units (-2.5 to 2.5)", 2, -0.861, "−0.86")])
def test_labels_are_short_and_no_more_precise_than_the_source(unit: str, digits: int, value: float, said: str) -> None:
    assert replace(SHARE, unit=unit, digits=digits).say(value).replace(words.NBSP, " ") == said


def test_ticks_are_round_and_cover_the_range() -> None:
    for low, high in ((0, 0.04), (0, 7.1), (-2.5, 1.4), (0, 145_000_000), (0, 5), (3.41, 3.42)):
        found = scales.ticks(low, high, 6)
        assert found[0] <= low and found[-1] >= high and 2 <= len(found) <= 8


def _pick(code: str, name: str) -> tuple[Any, Any]:
    return next((chart, sheet) for kind, chart, sheet in drawn(code) if kind == name)


def _chart(code: str, name: str) -> Chart:
    chart, _ = _pick(code, name)
    assert isinstance(chart, Chart)
    return chart


def _sheet(code: str, name: str) -> Sheet:
    _, sheet = _pick(code, name)
    assert isinstance(sheet, Sheet)
    return sheet


KINDS = {"values": "Values", "trade": "Trade", "security": "Security", "climate": "Climate", "migration": "Migration"}


def on_map(*codes: str) -> list[charts.Place]:
    """Return countries on the map, every third with two kinds."""
    kinds = list(KINDS)
    return [charts.Place(code, tables().country(code).name, [kinds[i % 5], kinds[(i + 1) % 5]][:1 + (i % 3 == 0)],
                         float(tables().country(code).longitude), float(tables().country(code).latitude),
                         f"{code}/country.html", f"{tables().country(code).name}: said")
            for i, code in enumerate(codes)]


ATLAS = ("UKR", "CHE", "BLR", "RUS", "SRB", "IND", "VNM", "KAZ", "JPN", "AFG", "TUN", "SAU", "DZA", "IRQ", "MAR", "URY",
         "BRA", "MEX", "PER", "COL", "GHA", "KEN", "NGA", "ZAF", "NER", "SGP", "NRU", "XKX", "ISR", "JOR")
MAP = Caption("A finding.", "Interest of each chapter", "", 0, "Source.", "map")


@cache
def the_map() -> Chart:
    drawn = charts.world(tables().shapes, on_map(*ATLAS), MAP, KINDS, dots=[(-175.0, -20.0)])
    assert isinstance(drawn, Chart)
    return drawn


def test_the_projection_gives_every_patch_of_ground_its_true_share() -> None:
    for longitude, latitude in ((0.0, 0.0), (100.0, 45.0), (-120.0, -30.0), (40.0, 70.0)):
        east, north = 0.01, 0.01
        corners = equal_earth([(longitude, latitude), (longitude + east, latitude), (longitude, latitude + north)])
        (ax, ay), (bx, by) = corners[1] - corners[0], corners[2] - corners[0]
        shown = abs(ax * by - ay * bx)
        true = math.radians(east) * math.radians(north) * math.cos(math.radians(latitude))
        assert shown == pytest.approx(true, rel=1e-3)


def test_no_country_is_torn_at_the_edge_of_the_map() -> None:
    for rings in tables().shapes.values():
        for ring in rings:
            assert max(point[1] for point in ring) < -60 or np.ptp(untorn(ring)[:, 0]) < 180


def test_each_country_on_the_map_is_a_link_that_says_its_name_also_where_it_has_no_outline() -> None:
    said = {one["text"] for one in the_map().links.values() if one["text"]}
    assert said == {f"{tables().country(code).name}: said" for code in ATLAS}
    root = ElementTree.fromstring(the_map().svg)
    assert set(the_map().links) <= {one.get("id", "") for one in root.iter()}
    assert "disc-NRU" in the_map().links and "shape-NRU" not in the_map().links


def test_the_letters_on_the_map_do_not_lie_on_one_another() -> None:
    home = [(i % 3, i // 3) for i in range(9)]
    apart = worldmap._apart(np.array(home, dtype=float) + 50, np.full(9, worldmap.DISC))
    for i, j in combinations(range(9), 2):
        assert math.dist(apart[i], apart[j]) >= 2 * worldmap.DISC * 0.9


def test_the_map_needs_no_colour_to_be_read() -> None:
    assert len({pattern for _, pattern in worldmap.LOOKS}) == len(worldmap.LOOKS)
    hues = {tone for tone, _ in worldmap.LOOKS} - {"ink", "soft", "peer"}
    assert len(hues) <= 4


def test_the_map_is_small_enough_for_a_page_and_the_same_twice() -> None:
    again = charts.world(tables().shapes, on_map(*ATLAS), MAP, KINDS, dots=[(-175.0, -20.0)])
    assert again == the_map()
    assert len(the_map().svg) < 300_000
    assert len(the_map().alt) <= 300 and the_map().alt.startswith("World map of interest of each chapter")


def test_a_map_without_countries_says_so() -> None:
    assert isinstance(charts.world(tables().shapes, [], MAP, KINDS), Note)
