"""The clients: each reads its publisher's format, and refuses what is not in it or not all of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from atlas.errors import Refused
from atlas.paths import ROOT
from atlas.refresh.answers import Download
from atlas.refresh.clients import BASES, CLIENTS
from atlas.refresh.kept import Answer
from atlas.refresh.plan import catalogue
from atlas.refresh.run import places
from atlas.writing.rows import read_csv, read_yaml
from publishers import ANSWERS, CSV, Publisher, Reply, polite, publishing, recorded, said

POPULATION = {"client": "worldbank", "series": "SP.POP.TOTL", "unit": "total"}
RULE_OF_LAW = {"client": "worldbank", "series": "GOV_WGI_RL.EST", "unit": "estimate", "database": 3}
REFUGEES = {"client": "unhcr", "series": "population", "field": "refugees", "by": "coo"}
PROTECTION = {
    "client": "unhcr", "series": "asylum-decisions", "by": "coo", "where": {"dec_level": "FI"}, "within": ["DEU"],
    "share": {
        "of": ["dec_recognized", "dec_other"], "in": ["dec_recognized", "dec_other", "dec_rejected"], "at_least": 10,
    },
}
DEVELOPMENT = {"client": "owid", "series": "human-development-index", "column": "hdi__sex_total"}
GAS = {
    "client": "eurostat", "series": "nrg_ti_gas", "filters": {"freq": "A", "siec": "G3000", "unit": "TJ_GCV"},
    "share": {"of": {"partner": "RU"}, "in": {"partner": "TOTAL"}},
}


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as one:
        yield one


def fetch(publisher: Publisher, cache: Path, series: dict[str, Any]) -> Download:
    return CLIENTS[series["client"]](series, polite(cache), publisher.base, (2000, 2026))


def content(name: str) -> Any:
    return json.loads((ANSWERS / name).read_text("utf-8"))


def test_the_world_bank_gives_all_pages_without_gaps_and_groups(publisher: Publisher, tmp_path: Path) -> None:
    found = fetch(publisher, tmp_path, POPULATION)
    assert found.values["BLR", "2023"] == 9178298.0 and found.values["UKR", "2022"] == 41048766.0
    assert ("UKR", "2023") not in found.values
    assert found.version == "2026-10-07" and "page=1" in found.url and len(found.sha256) == 64
    assert len(publisher.asked) == 2


def test_the_database_of_governance_names_countries_by_three_letters(publisher: Publisher, tmp_path: Path) -> None:
    assert fetch(publisher, tmp_path, RULE_OF_LAW).values == {("BLR", "2023"): -1.2345, ("CHE", "2023"): 1.75}
    assert "source=3" in publisher.asked[0]


def test_unhcr_counts_are_numbers_or_text_and_a_dash_is_no_figure(publisher: Publisher, tmp_path: Path) -> None:
    assert fetch(publisher, tmp_path, REFUGEES).values["UKR", "2023"] == 5960000.0
    displaced = fetch(publisher, tmp_path, REFUGEES | {"field": "idps"}).values
    assert displaced == {("UKR", "2022"): 5914000.0, ("UKR", "2023"): 3689000.0}
    assert len(publisher.asked) == 2, "the second count is in the same answers"


def test_a_share_of_decisions_takes_the_first_instance_and_enough_cases(publisher: Publisher, tmp_path: Path) -> None:
    assert fetch(publisher, tmp_path, PROTECTION).values == {("BLR", "2022"): 40.0, ("BLR", "2023"): 50.0}
    assert "coo_all=true&coa=DEU&cf_type=ISO" in publisher.asked[0]


def test_our_world_in_data_gives_one_column_of_a_chart(publisher: Publisher, tmp_path: Path) -> None:
    found = fetch(publisher, tmp_path, DEVELOPMENT)
    assert found.values == {
        ("BLR", "2021"): 0.824, ("BLR", "2022"): 0.801, ("BLR", "2023"): 0.824, ("XKX", "2023"): 0.75,
        ("CHE", "2022"): 0.967}
    assert found.version == "2025-05-07" and "human-development-index.csv" in found.url


@pytest.mark.parametrize("as_list", [False, True])
def test_eurostat_gives_sparse_values_or_a_list(publisher: Publisher, tmp_path: Path, as_list: bool) -> None:
    dataset = content("eurostat-gas.json")
    if as_list:
        dataset["value"] = [dataset["value"].get(str(place)) for place in range(16)]
        dataset["dimension"]["geo"]["category"]["index"] = ["AT", "EL", "UK", "EU27_2020"]
    publisher.answer("/nrg_ti_gas?", said(dataset))
    found = fetch(publisher, tmp_path, GAS).values
    known = places(read_csv(ROOT / "data" / "reference" / "countries.csv"))
    shares = {(known.code(place), year): round(value, 3) for (place, year), value in found.items()}
    assert shares == {("AUT", "2020"): 80.0, ("AUT", "2021"): 66.667, ("GRC", "2021"): 0.0, ("", "2021"): 40.0}


@pytest.mark.parametrize(("name", "message"), [
    ("worldbank-message.json", "the World Bank says: Invalid value: The provided parameter value is not valid"),
    ("worldbank-empty.json", "page 0 is empty"),
    ("worldbank-gdp.json", "the answer speaks of NY.GDP.MKTP.KD"),
    ("unhcr-decisions.json", "an answer without fields|an answer without"),
])
def test_the_world_bank_reports_errors_with_status_200(
    publisher: Publisher, tmp_path: Path, name: str, message: str
) -> None:
    publisher.answer("SP.POP.TOTL?", recorded(name))
    with pytest.raises(Refused, match=message):
        fetch(publisher, tmp_path, POPULATION)


def test_wrong_units_are_refused_in_one_line(publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="the unit is not 'constant 2015 US\\$': 'Population, total'"):
        fetch(publisher, tmp_path, POPULATION | {"unit": "constant 2015 US$"})
    with pytest.raises(Refused, match="the unit is '', not '%'"):
        fetch(publisher, tmp_path, DEVELOPMENT | {"unit": "%"})
    with pytest.raises(Refused, match="no value with unit MIO_M3"):
        fetch(publisher, tmp_path, GAS | {"filters": GAS["filters"] | {"unit": "MIO_M3"}})  # type: ignore[operator]
    share = content("unhcr-population-1.json")
    share["items"][0]["refugees"] = 0.37
    publisher.answer("/population/?limit=10000&page=1&", said(share))
    with pytest.raises(Refused, match=r"refugees is 0.37: not a count of persons"):
        fetch(publisher, tmp_path, REFUGEES)


@pytest.mark.parametrize("series", [POPULATION, REFUGEES], ids=["worldbank", "unhcr"])
@pytest.mark.parametrize(("second", "message"), [
    (Reply(b"no such page", "text/html", 404), "the server says 404"),
    ("empty", "page 2 is empty"),
    ("first", "page 1 instead of page 2"),
])
def test_a_missing_second_page_is_refused(
    publisher: Publisher, tmp_path: Path, series: dict[str, Any], second: Any, message: str
) -> None:
    bank = series is POPULATION
    page = content("worldbank-population-2.json" if bank else "unhcr-population-2.json")
    if second == "empty":
        page = [page[0], []] if bank else page | {"items": []}
    if second == "first":
        page = content("worldbank-population-1.json" if bank else "unhcr-population-1.json")
    for part in ("per_page=20000&page=2", "/population/?limit=10000&page=2&"):
        publisher.answer(part, second if isinstance(second, Reply) else said(page))
    with pytest.raises(Refused, match=message):
        fetch(publisher, tmp_path, series)


def test_rows_that_were_promised_and_do_not_come_are_refused(publisher: Publisher, tmp_path: Path) -> None:
    page = content("worldbank-population-2.json")
    publisher.answer("per_page=20000&page=2", said([page[0], page[1][:-1]]))
    with pytest.raises(Refused, match="11 rows of 12 that were promised"):
        fetch(publisher, tmp_path, POPULATION)
    publisher.answer("per_page=20000&page=2", said([page[0] | {"lastupdated": "2026-10-08"}, page[1]]))
    with pytest.raises(Refused, match="changed the series while we read it"):
        fetch(publisher, tmp_path / "other", POPULATION)


def test_a_country_and_year_that_stand_twice_are_refused(publisher: Publisher, tmp_path: Path) -> None:
    page = content("worldbank-population-2.json")
    page[1][-1] = page[1][0]
    publisher.answer("per_page=20000&page=2", said(page))
    with pytest.raises(Refused, match="CHE 2023 stands twice in the answer"):
        fetch(publisher, tmp_path, POPULATION)


@pytest.mark.parametrize(("body", "message"), [
    (b"entity,code,year,hdi__sex_total,owid_region\nBelarus,BLR,20", "rows that lack cells"),
    (b"entity,code,year,other\nBelarus,BLR,2020,1\n", "a table without hdi__sex_total"),
    (b"entity,code,year,hdi__sex_total\nBelarus,BLR,2020,high\n", "'high' where a number should be"),
    (b"entity,code,year,hdi__sex_total\n", "no figure in the answer"),
    (b"", "no table in CSV"),
    (b'entity,code,year,hdi__sex_total\n"Belarus,BLR,2020,0.8\n', "no table in CSV"),
], ids=["truncated", "other column", "no number", "no rows", "empty", "open quote"])
def test_a_broken_table_is_refused(publisher: Publisher, tmp_path: Path, body: bytes, message: str) -> None:
    publisher.answer("/human-development-index.csv?", Reply(body, CSV))
    with pytest.raises(Refused, match=message):
        fetch(publisher, tmp_path, DEVELOPMENT)


def test_a_column_that_is_gone_or_not_alone_is_refused_with_those_that_are_there(
    publisher: Publisher, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match=r"0 columns fit 'hdi' among \['hdi__sex_total', 'owid_region'\]"):
        fetch(publisher, tmp_path, DEVELOPMENT | {"column": "hdi"})
    with pytest.raises(Refused, match="2 columns fit"):
        fetch(publisher, tmp_path, DEVELOPMENT | {"column": "*"})
    assert fetch(publisher, tmp_path, DEVELOPMENT | {"column": "hdi__*"}).values


@pytest.mark.parametrize(("name", "message"), [
    ("eurostat-error.json", "Eurostat says: No results found"),
    ("eurostat-later.json", "Eurostat says: ASYNCHRONOUS_RESPONSE.*; try again later"),
])
def test_eurostat_speaks_of_errors_and_of_later_in_json(
    publisher: Publisher, tmp_path: Path, name: str, message: str
) -> None:
    publisher.answer("/nrg_ti_gas?", recorded(name))
    with pytest.raises(Refused, match=message):
        fetch(publisher, tmp_path, GAS)


def test_a_dataset_that_does_not_fit_itself_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    dataset = content("eurostat-gas.json")
    for number, (wrong, message) in enumerate((
        ({"size": [1, 1, 2, 1, 4, 3]}, "sizes that do not fit the dimensions"),
        ({"value": {"16": 1}}, "a value at place 16 outside the dataset"),
        ({"value": {}}, "a dataset without values"),
    )):
        publisher.answer("/nrg_ti_gas?", said(dataset | wrong))
        with pytest.raises(Refused, match=message):
            fetch(publisher, tmp_path / str(number), GAS)
    with pytest.raises(Refused, match="a dimension lacks its filter"):
        publisher.answer("/nrg_ti_gas?", said(dataset))
        fetch(publisher, tmp_path, GAS | {"share": {"of": {}, "in": {"partner": "TOTAL"}}})


class Told:
    """A web that answers from memory, with one answer changed."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers

    def get(self, url: str, kind: str, read: Callable[[Answer], Any]) -> tuple[Any, Answer]:
        [content] = [one for part, one in self.answers.items() if part in url]
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        answer = Answer(url, kind, body, "2026-11-26")
        return read(answer), answer


def spoilt(content: Any) -> Iterator[Any]:
    """Every way to put something else in the place of one part of an answer, or to leave that part out."""
    yield from (None, "x", -1, [], {}, [None], {"x": 1})
    if isinstance(content, dict):
        for key, part in content.items():
            yield {name: one for name, one in content.items() if name != key}
            yield from (content | {key: other} for other in spoilt(part))
    if isinstance(content, list):
        for place, part in enumerate(content[:2]):
            yield from ([*content[:place], other, *content[place + 1 :]] for other in spoilt(part))


@pytest.mark.parametrize(("series", "good", "name"), [
    (RULE_OF_LAW, {}, "worldbank-governance.json"),
    (POPULATION, {}, "worldbank-message.json"),
    (PROTECTION, {}, "unhcr-decisions.json"),
    (GAS, {}, "eurostat-gas.json"),
    (GAS, {}, "eurostat-error.json"),
    (DEVELOPMENT, {".csv?": "owid-development.csv"}, "owid-development.metadata.json"),
], ids=lambda given: given if isinstance(given, str) else "")
def test_no_answer_however_spoilt_ends_otherwise_than_refused(
    series: dict[str, Any], good: dict[str, str], name: str
) -> None:
    others = {part: (ANSWERS / file).read_bytes() for part, file in good.items()}
    refused = 0
    for bad in spoilt(content(name)):
        part = ".metadata.json?" if good else "?"
        try:
            found = CLIENTS[series["client"]](series, Told(others | {part: bad}), "http://here", (2000, 2026))
            assert found.values
        except Refused:
            refused += 1
    assert refused > 20


def test_every_declaration_of_the_lists_is_one_that_its_client_understands() -> None:
    listed = catalogue(ROOT / "data")
    fresh = read_yaml(ROOT / "data" / "selection" / "lists" / "sources.yaml")
    sets = read_yaml(ROOT / "data" / "reference" / "peer_sets.yaml")
    needed = {"worldbank": {"unit"}, "unhcr": {"by"}, "owid": {"column"}, "eurostat": {"filters"}}
    optional = {"client", "series", "source", "database", "scale", "unit", "field", "share", "where", "within"}
    seen: dict[str, str] = {}
    for name, one in listed.items():
        if not one.refresh:
            continue
        assert one.refresh["source"] in fresh["fresh"] | fresh["own"], name
        if "client" not in one.refresh:
            assert one.rule and all(need in listed for need in one.inputs), name
            continue
        needs = needed[one.refresh["client"]]
        assert one.refresh["client"] in BASES and needs <= set(one.refresh) <= optional | needs, name
        assert not isinstance(within := one.refresh.get("within", []), str) or sets[within]["members"], name
        said_once = json.dumps({key: value for key, value in one.refresh.items() if key != "source"}, sort_keys=True)
        assert seen.setdefault(said_once, name) == name, f"{name} and {seen[said_once]} ask for the same"
    assert len(seen) > 50
