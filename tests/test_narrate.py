"""What a country report says, for an ordinary country, for awkward ones, and for a day in the past."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

import pytest

from atlas import blocks, verdicts
from atlas.blocks import Block, plain
from atlas.charts.sheet import Sheet
from atlas.data import tables
from atlas.errors import WrongUse
from atlas.narrate import CountryReport

QUESTIONS = ("relevance", "willingness", "status_quo", "potential", "recommendation")
ASSESSED = ("BLR", "CHE", "RUS", "SRB", "UKR")
AWKWARD = ("NOR", "NRU", "XKX", "PRK", "CIV", "NLD", "DEU", "VAT", "PSE", "TWN", "SMR")
"""Data alone, an island without neighbours, disputed, closed, accents, an article, home, tiny, a plural, not in
the UN, series that ended long ago."""


@cache
def report(iso3: str, as_of: str = "", edition: str = "all", detail: str = "full") -> CountryReport:
    return CountryReport(iso3, edition=edition, as_of=as_of, detail=detail)


def first_page(one: CountryReport) -> list[Block]:
    return [*one.masthead(), *one.two_minutes(), *one.first_chart(), *one.first_page_end()]


@cache
def everything(iso3: str, as_of: str = "") -> list[Block]:
    one = report(iso3, as_of)
    sections = [one.board(), one.events(), one.event_charts()]
    sections += [section for code in QUESTIONS for section in (one.written(code), one.drawn(code), one.claims(code))]
    sections += [one.fact_box(), one.neighbours(), one.neighbour_charts(), one.ledgers(), one.other_interests()]
    sections += [one.quality(), one.method(), one.every_claim(), one.citations()]
    return first_page(one) + [block for section in sections for block in section]


def sentences(iso3: str) -> list[str]:
    prose = [block for block in everything(iso3) if isinstance(block, blocks.Prose)]
    return [plain(paragraph) for block in prose for paragraph in block.paragraphs]


@pytest.mark.parametrize("iso3", [*ASSESSED, *AWKWARD])
def test_every_country_gives_a_whole_report(iso3: str) -> None:
    found = everything(iso3)
    assert sum(isinstance(block, blocks.Masthead) for block in found) == 1
    assert len(sentences(iso3)) >= 10


@pytest.mark.parametrize("iso3", [*ASSESSED, *AWKWARD])
def test_sentences_are_whole_and_carry_no_trace_of_the_machine(iso3: str) -> None:
    for text in sentences(iso3):
        assert text[0].isupper() or text[0].isdigit() or text[0] in "‘“", text
        assert text.endswith((".", "?", "”")), text
        assert not re.search(r"\bnan\b|\bNone\b|\{|\}|  |\.\.|,\.| ,|_[a-z]|\bthe the\b|\b(\w+) \1\b", text), text


@pytest.mark.parametrize("iso3", ["NLD"])
def test_a_name_that_takes_an_article_has_one_inside_sentences(iso3: str) -> None:
    name = tables().country(iso3).name
    told = " ".join(sentences(iso3))
    assert f"the {name}" in told or f"The {name}" in told
    assert not re.search(rf"(?<![Tt]he )(?<!‘)\b{name}\b (?:is|has|had|was)\b", told)


@pytest.mark.parametrize("iso3", ASSESSED)
def test_the_first_page_reads_in_two_minutes(iso3: str) -> None:
    told = [block for block in first_page(report(iso3)) if isinstance(block, blocks.Prose | blocks.Table | blocks.Trio)]
    text = " ".join(line for block in told for line in block._repr_mimebundle_()["text/plain"].splitlines())
    text = re.sub(r"[▲●✕◆◐◌□–○] \d+ [a-z ]+", " ", text)  # a pill is a sign, not a sentence
    counted = re.findall(r"[^\W\d_][\w’'-]*", text)
    assert len(counted) <= 220, len(counted)


@pytest.mark.parametrize("iso3", ASSESSED)
def test_the_bottom_line_counts_what_the_ledger_counts(iso3: str) -> None:
    one = report(iso3).subject
    rows = [row for row in one.ledger.rows if row.assessment.id == one.main.id]
    counts = Counter(row.verdict for row in rows)
    text = " ".join(sentences(iso3)[:1])
    for verdict, clause in (("holds", r"(\w+) holds?\b"), ("no_longer_holds", r"(\w+) no longer holds?\b"),
                            ("contested", r"(\w+) (?:is|are) contested")):
        found = re.search(clause, text)
        assert bool(found) == bool(counts[verdict]), (verdict, text)
        if found and found[1].isdigit():
            assert int(found[1]) == counts[verdict]


@pytest.mark.parametrize("iso3", ASSESSED)
def test_each_claim_has_one_card_and_one_square(iso3: str) -> None:
    ids = sorted(row.claim.id for row in report(iso3).subject.ledger.rows)
    cards = [item["id"] for block in everything(iso3) if isinstance(block, blocks.Claims) for item in block.items]
    squares = [item["id"] for block in everything(iso3) if isinstance(block, blocks.Board)
               for _, items in block.groups for item in items]
    assert sorted(cards) == ids == sorted(squares)


@pytest.mark.parametrize("iso3", ["BLR", "CHE", "KAZ"])
def test_every_figure_that_is_drawn_is_shown(iso3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, svg = [], Sheet.svg
    monkeypatch.setattr(Sheet, "svg", lambda sheet, height: drawn.append(height) or svg(sheet, height))
    report.cache_clear()
    shown = sum(isinstance(block, blocks.Chart) for block in everything.__wrapped__(iso3))
    assert len(drawn) == shown > 5


@pytest.mark.parametrize("iso3", [*ASSESSED, *AWKWARD])
def test_no_figure_is_drawn_twice(iso3: str) -> None:
    drawn = [block.csv_name for block in everything(iso3) if isinstance(block, blocks.Chart)]
    assert [name for name, number in Counter(drawn).items() if number > 1] == []


@pytest.mark.parametrize("iso3", [*ASSESSED, "NOR", "VAT"])
def test_every_country_has_a_card_of_all_five_interests_and_those_without_a_text_say_so(iso3: str) -> None:
    one = report(iso3)
    texts = {each.interest for each in one.subject.assessments}
    said = [plain(block.caption if isinstance(block, blocks.Table) else block.text)
            for block in one.other_interests() if isinstance(block, blocks.Table | blocks.Note)]
    for code, names in one.subject.tables.interests.items():
        remark = "figures beside the texts" if code in texts else "data only, no assessment"
        assert sum(text.startswith(f"{names['short']}: {remark}") for text in said) == 1, (code, said)


def test_a_country_without_assessment_says_so_on_its_first_page() -> None:
    assert "No assessment of Norway as a partner is on file." in " ".join(sentences("NOR")[:1])


def _without_papers(content: Any) -> Any:
    """Leave out drawings, and citations, whose editions carry years of their own."""
    if isinstance(content, dict):
        return {key: _without_papers(part) for key, part in content.items()
                if key not in ("svg", "source", "sources", "reviewed")}
    return [_without_papers(part) for part in content] if isinstance(content, list | tuple) else content


def test_a_report_of_the_past_knows_nothing_later() -> None:
    found = [block.to_json() for block in everything("BLR", "2021-12-31") if "Citation" not in str(block)]
    text = str([_without_papers(content) for content in found])
    told = [year for year in re.findall(r"\b20[2-3]\d\b", text) if int(year) > 2021]
    deadlines = [row.claim.by[:4] for row in report("BLR", "2021-12-31").subject.ledger.rows if row.claim.by]
    assert set(told) <= set(deadlines), sorted(set(told) - set(deadlines))


def test_brief_is_the_first_page_alone() -> None:
    one = report("CHE", detail="brief")
    assert first_page(one) and not one.board() and not one.claims("relevance") and not one.quality()


@pytest.mark.parametrize(("given", "message"), [
    ({"country": "BLX"}, "did you mean BLR"), ({"country": "../../etc"}, "no country code"),
    ({"country": "BLR", "edition": "2019"}, "not on file"), ({"country": "BLR", "as_of": "May 2020"}, "is no date"),
    ({"country": "BLR", "peers": "neighbors"}, "did you mean neighbours"),
    ({"country": "BLR", "detail": "long"}, "expected one of full, brief"),
    ({"country": "BLR", "language": "fr"}, "expected one of en")])
def test_a_parameter_that_is_not_understood_says_what_was_expected(given: dict[str, str], message: str) -> None:
    with pytest.raises(WrongUse, match=message):
        CountryReport(**given)


@pytest.mark.parametrize("iso3", ASSESSED)
def test_facts_have_checks_and_the_rest_says_why_not(iso3: str) -> None:
    rows = verdicts.ledger(iso3).rows
    facts = [row for row in rows if row.claim.kind == "fact"]
    assert sum(bool(row.claim.check) for row in facts) >= 0.7 * len(facts)
    for row in rows:
        assert row.claim.check or row.claim.outcomes or row.reason, row.claim.id
