"""What turned a claim between two days: one test for each cause, on the country of tests/tiny; then the report."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import sheets
from atlas import blocks, changes, library, verdicts
from atlas.blocks import Block, plain
from atlas.data import Tables
from atlas.errors import WrongUse
from atlas.narrate import ChangeReport, topics
from atlas.render import accepted, plan
from atlas.vocabulary import CAUSES, WAYS
from atlas.words import NBSP

TINY = Path(__file__).parent / "tiny"
START, END = date(2020, 5, 31), date(2026, 6, 21)
CAUSE_NAMES = list(CAUSES)


def text(number: str, written: str, publisher: str = "Office", **given: Any) -> dict[str, Any]:
    """A text with one claim, whose fields are those given."""
    own = {key: given.pop(key) for key in ("withdrawn", "drops") if key in given}
    claim = {"id": f"AAA-{number}-R01", "question": "relevance", "kind": "fact", "statement": "S.", "short": "s",
             "topic": "arms", **given}
    return {"id": f"AAA-{number}", "country": "AAA", "edition": written[:4], "publisher": publisher, "title": "T",
            "written": written, "source": "s", "claims": [claim], **own}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tiny tables without a text."""
    made = tmp_path / "data"
    shutil.copytree(TINY, made)
    shutil.rmtree(made / "assessments")
    (made / "assessments").mkdir()
    return made


def found(folder: Path, *texts: dict[str, Any], start: date = START, end: date = END,
          earlier: Tables | None = None) -> changes.Comparison:
    for one in texts:
        (folder / "assessments" / f"{one['id']}.yaml").write_text(yaml.safe_dump(one), encoding="utf-8")
    library.forget()
    return changes.compare("AAA", start, end, tables=Tables(folder), earlier=earlier)


def only(compared: changes.Comparison, claim_id: str = "AAA-one-R01") -> changes.Change:
    [change] = [one for one in compared.changes if one.pair.after.claim.id == claim_id]
    return change


def told(change: changes.Change) -> tuple[str, str, str, str]:
    return change.pair.before.verdict, change.pair.after.verdict, change.cause, change.way


PEOPLE = {"rule": "at_least", "indicator": "people", "value": 895_000}
VISIT = {"rule": "event", "event": "group-2020", "until": "group-ends-2020"}


def test_a_newer_figure_is_a_change_of_the_world(folder: Path) -> None:
    change = only(found(folder, text("one", "2020-05", check=PEOPLE)))
    assert told(change) == ("holds", "no_longer_holds", "world", "figure")
    assert change.when == "2020"
    assert change.flip and (change.flip.before.period, change.flip.after.period) == ("2019", "2024")


def test_a_first_figure_is_a_matter_of_the_data(folder: Path) -> None:
    change = only(found(folder, text("one", "2020-05", check={**PEOPLE, "value": 885_000, "period": "2020",
                                                              "fixed": True})))
    assert told(change) == ("no_data", "holds", "data", "first")
    assert change.flip and change.flip.clock == "then"


def test_an_event_is_a_change_of_the_world(folder: Path) -> None:
    change = only(found(folder, text("one", "2020-05", check=VISIT)))
    assert told(change) == ("holds", "no_longer_holds", "world", "event")
    assert change.when == "2020-08-20"


def test_what_ceased_to_exist_is_a_change_of_the_world(folder: Path) -> None:
    change = only(found(folder, text("one", "2020-05", not_checkable="a wish", overtaken_by="minister-dies")))
    assert told(change) == ("not_checkable", "overtaken", "world", "event")
    assert change.when == "2022-11-26"


def test_a_forecast_that_came_about_is_a_change_of_the_world_and_a_deadline_in_silence_is_told_apart(
        folder: Path) -> None:
    fates = [{"verdict": "occurred", "when": {"rule": "event", "event": "protest-2020"}}]
    change = only(found(folder, text("one", "2020-05", kind="forecast", outcomes=fates, by="2021-05")))
    assert told(change) == ("pending", "occurred", "world", "event")
    fates = [{"verdict": "occurred", "when": {"rule": "event", "event": "newest"}}]
    change = only(found(folder, text("one", "2020-05", kind="forecast", outcomes=fates, by="2021-05")))
    assert told(change) == ("pending", "did_not_occur", "world", "deadline")
    assert change.when == "2021-05"


def test_a_forecast_settled_by_a_figure_counts_under_the_figure(folder: Path) -> None:
    fates = [{"verdict": "occurred", "when": {"rule": "at_most", "indicator": "people", "value": 800_000}}]
    change = only(found(folder, text("one", "2020-05", kind="forecast", outcomes=fates, by="2025-05")))
    assert told(change) == ("pending", "occurred", "world", "figure")


def test_another_value_for_the_same_period_is_a_revision_of_the_data(folder: Path, tmp_path: Path) -> None:
    table = folder / "indicators" / "things.csv"
    old = tmp_path / "old"
    shutil.copytree(folder, old)
    table.write_text(table.read_text("utf-8").replace("people,AAA,,2019,900000", "people,AAA,,2019,880000"), "utf-8")
    change = only(found(folder, text("one", "2020-05", check=PEOPLE), end=date(2020, 7, 1), earlier=_with(old)))
    assert told(change) == ("holds", "contradicted_then", "data", "edition")


def _with(old: Path) -> Tables:
    one = text("one", "2020-05", check=PEOPLE)
    (old / "assessments" / "AAA-one.yaml").write_text(yaml.safe_dump(one), encoding="utf-8")
    return Tables(old)


def test_a_second_source_that_disagrees_is_a_matter_of_the_data_if_the_first_says_the_same(folder: Path) -> None:
    claim = {"rule": "at_least", "indicator": "arms", "value": 1.0}
    change = only(found(folder, text("one", "2019-05", check=claim), start=date(2019, 6, 1), end=date(2020, 6, 1)))
    assert told(change) == ("holds", "contested", "data", "source")
    turned = {"rule": "at_most", "indicator": "arms", "value": 1.15}  # here the first source itself says otherwise
    change = only(found(folder, text("one", "2019-05", check=turned), start=date(2019, 6, 1), end=date(2020, 6, 1)))
    assert told(change) == ("holds", "contested", "world", "figure")


def test_a_claim_that_went_stale_is_put_down_to_the_data(folder: Path) -> None:
    change = only(found(folder, text("one", "2020-05", half_life="fast",
                                     check={"rule": "at_least", "indicator": "oil", "value": 1})))
    assert told(change) == ("holds", "stale", "data", "silence")
    assert change.when == "2020"


def test_a_figure_that_renews_a_stale_claim_is_a_change_of_the_world(folder: Path) -> None:
    claim = text("one", "2020-05", half_life="fast", check={"rule": "at_least", "indicator": "people", "value": 1})
    change = only(found(folder, claim, start=date(2024, 6, 1), end=date(2025, 6, 1)))
    assert told(change) == ("stale", "holds", "world", "figure")


SAME = {"rule": "at_least", "indicator": "people", "value": 1}


def test_a_later_text_that_says_otherwise_changes_the_judgement_where_no_reading_turned(folder: Path) -> None:
    later = text("two", "2023-05", differs_from="AAA-one-R01", check=SAME)
    change = only(found(folder, text("one", "2020-05", half_life="slow", check=SAME), later))
    assert told(change) == ("holds", "holds", "judgement", "own")
    assert (change.state, change.when, change.by and change.by.claim.id) == ("judgement", "2023-05", "AAA-two-R01")
    later = text("two", "2023-05", "Ministry", differs_from="AAA-one-R01", check=SAME)
    assert only(found(folder, later)).way == "other"


def test_a_figure_that_turned_a_claim_outweighs_a_later_text_that_is_still_named(folder: Path) -> None:
    later = text("two", "2023-05", differs_from="AAA-one-R01", check=SAME)
    change = only(found(folder, text("one", "2020-05", check=PEOPLE), later))
    assert change.way == "figure" and change.by is not None


def test_a_later_text_outside_the_two_days_changes_nothing(folder: Path) -> None:
    later = text("two", "2023-05", half_life="structural", differs_from="AAA-one-R01", check=SAME)
    first = text("one", "2020-05", half_life="structural", check=SAME)
    assert not found(folder, first, later, end=date(2023, 4, 1)).changes
    assert not found(folder, start=date(2023, 6, 1), end=date(2024, 1, 1)).changes


def test_a_text_that_was_taken_back_or_left_out_is_withdrawn_whatever_the_figures_say(folder: Path) -> None:
    change = only(found(folder, text("one", "2020-05", check=PEOPLE, withdrawn="2021-07-21")))
    assert (change.cause, change.way, change.when, change.state) == ("text", "notice", "2021-07-21", "text")
    later = text("two", "2023-05", drops=["AAA-one-R01"], check=SAME)
    change = only(found(folder, text("one", "2020-05", check=PEOPLE), later))
    assert (change.cause, change.way, change.when) == ("text", "dropped", "2023-05")


def test_a_claim_that_was_gone_before_the_first_day_is_neither_changed_nor_the_same(folder: Path) -> None:
    compared = found(folder, text("one", "2019-05", check=PEOPLE, withdrawn="2020-01"))
    assert (compared.changes, compared.same, len(compared.gone)) == ([], [], 1)


def test_a_later_text_is_read_from_its_own_day(folder: Path) -> None:
    claim = {"rule": "at_least", "indicator": "people", "value": 800_000}
    compared = found(folder, text("one", "2023-06", check=claim))
    change = only(compared)
    assert change.pair.new and change.pair.start == date(2023, 6, 30)
    assert [one.id for one in compared.new] == ["AAA-one"]
    assert not compared.first.rows


def test_a_relation_to_a_claim_that_is_not_there_or_on_another_matter_is_an_error(folder: Path) -> None:
    found(folder, text("one", "2020-05", check=SAME))
    wrong = text("two", "2023-05", differs_from="AAA-one-R02", drops=["AAA-one-R03"], check=SAME)
    (folder / "assessments" / "AAA-two.yaml").write_text(yaml.safe_dump(wrong), encoding="utf-8")
    library.forget()
    said = " ".join(map(str, library.problems(Tables(folder), library.files(folder))))
    assert "'AAA-one-R02' is no claim of an earlier text; did you mean AAA-one-R01?" in said
    assert "'AAA-one-R03' is no claim of an earlier text" in said
    other = text("two", "2023-05", differs_from="AAA-one-R01", check=SAME)
    other["claims"][0]["topic"] = "peace"
    (folder / "assessments" / "AAA-two.yaml").write_text(yaml.safe_dump(other), encoding="utf-8")
    library.forget()
    assert "both must name the same" in str(library.problems(Tables(folder), library.files(folder))[0])


@pytest.mark.parametrize(("given", "message"), [
    (("2022", "2021"), "from_date 2022 does not lie before to_date=2021"), (("May 2020", ""), "from_date: 'May 2020'"),
    (("", "soon"), "to_date: 'soon' is no date"), (("2031", "2032"), "does not lie before the newest day"),
    (("", "2019"), "from_date of the first text, 2020-05-31, does not lie before to_date=2019")])
def test_two_days_that_make_no_span_are_refused_in_one_line(given: tuple[str, str], message: str) -> None:
    with pytest.raises(WrongUse, match=message) as error:
        ChangeReport("BLR", *given)
    assert "\n" not in str(error.value)


def test_days_in_the_wrong_order_are_refused_before_a_kernel_starts() -> None:
    with pytest.raises(WrongUse, match="from_date=2022 does not lie before to_date=2021"):
        accepted.others(plan.find("change"), {"from_date": "2022", "to_date": "2021"})
    with pytest.raises(WrongUse, match="of the first text"):
        plan.check(plan.orders(["BLR"], "change", {"to_date": "2019"}))


# ---- the report ------------------------------------------------------------------------------------------------------

DAYS = {"BLR": ("2020-05", "2025-12"), "CHE": ("", ""), "UKR": ("2023", "2024-06"), "SRB": ("2026-01", ""),
        "RUS": ("2018", "2022"), "NOR": ("", ""), "NRU": ("2021", "2022")}


@cache
def report(iso3: str) -> ChangeReport:
    return ChangeReport(iso3, *DAYS[iso3])


@cache
def everything(iso3: str) -> list[Block]:
    one = report(iso3)
    sections = [one.masthead(), one.two_minutes(), one.first_chart(), one.first_page_end(), one.matrix()]
    sections += [one.of(cause) for cause in CAUSE_NAMES]
    sections += [one.unchanged(), one.new_texts(), one.topics(), one.topic_lines(), one.figures(), one.method()]
    return [block for section in [*sections, one.citations()] for block in section]


def sentences(iso3: str) -> list[str]:
    prose = [block for block in everything(iso3) if isinstance(block, blocks.Prose)]
    return [plain(paragraph) for block in prose for paragraph in block.paragraphs]


@pytest.mark.parametrize("iso3", DAYS)
def test_sentences_are_whole(iso3: str) -> None:
    for said in sentences(iso3):
        assert said[0].isupper() or said[0].isdigit() or said[0] in "‘“", said
        assert said.endswith((".", "?", "”")), said
        assert not re.search(r"\bnan\b|\bNone\b|\{|\}|  |\.\.|,\.| ,|_[a-z]|\bthe the\b|\b(\w+) \1\b", said), said


@pytest.mark.parametrize("iso3", DAYS)
def test_every_claim_is_changed_or_the_same_or_gone_and_each_change_has_one_card(iso3: str) -> None:
    compared = report(iso3).found
    ids = [one.pair.after.claim.id for one in compared.changes] + [
        pair.after.claim.id for pair in [*compared.same, *compared.gone]]
    assert sorted(ids) == sorted(row.claim.id for row in compared.last.rows)
    cards = [item["id"] for block in everything(iso3) if isinstance(block, blocks.Claims) for item in block.items]
    assert sorted(cards) == sorted(one.pair.after.claim.id for one in compared.changes)
    assert all(one.way in WAYS for one in compared.changes)


@pytest.mark.parametrize("iso3", ["BLR", "CHE", "UKR"])
def test_a_verdict_that_differs_is_a_change_and_one_that_does_not_is_none_unless_the_text_says_so(iso3: str) -> None:
    compared = report(iso3).found
    assert all(pair.before.verdict == pair.after.verdict for pair in compared.same)
    for one in compared.changes:
        assert (one.pair.before.verdict != one.pair.after.verdict) == (one.cause in ("world", "data"))


def test_the_first_sentence_counts_what_the_ledgers_count() -> None:
    compared = report("BLR").found
    before = {row.claim.id: row.verdict for row in verdicts.ledger("BLR", as_of=date(2020, 5, 31)).rows}
    after = {row.claim.id: row.verdict for row in verdicts.ledger("BLR", as_of=date(2025, 12, 31)).rows}
    turned = sum(before[name] != after[name] for name in before)
    said = sentences("BLR")[0].replace(NBSP, " ")
    assert f"made {len(before)} claims; on 31 December 2025 {turned} of them read differently" in said
    assert len(compared.changes) >= turned


def test_the_leverage_of_the_eu_is_judged_otherwise_by_the_same_institute() -> None:
    [change] = report("BLR").found.of("judgement")
    assert change.way == "own" and change.pair.after.claim.topic == "eu-leverage"
    shared = topics.shared(report("BLR").subject)
    assert [row.assessment.edition for row in shared["eu-leverage"]] == ["2021", "2025"]
    assert all(len({row.assessment.id for row in rows}) == len(rows) > 1 for rows in shared.values())


def test_nothing_changed_is_said_in_words() -> None:
    assert "Nothing changed" in sentences("SRB")[0]
    assert not report("SRB").found.changes


def test_a_first_day_before_the_first_text_reads_each_claim_from_its_own_day() -> None:
    assert "no text on Russia was on file" in sentences("RUS")[0]
    assert all(one.pair.new for one in report("RUS").found.changes)


def test_a_country_without_a_claim_shows_its_figures_on_both_days() -> None:
    assert "No assessment of Norway is on file" in sentences("NOR")[0]
    tables = [block for block in everything("NOR") if isinstance(block, blocks.Table)]
    assert len(tables[0].rows) == 5 and len(tables[1].rows) > 15
    assert not report("NOR").matrix() and not report("NOR").of("world")


def test_a_last_day_after_the_newest_is_read_as_the_newest_and_the_report_says_so() -> None:
    one = ChangeReport("CHE", "2024", "2030")
    head = next(block for block in one.masthead() if isinstance(block, blocks.Masthead))
    assert "31 December 2030 was asked for" in plain(head.notice).replace(NBSP, " ")
    assert one.found.last.as_of == one.subject.tables.newest


@pytest.mark.parametrize("iso3", DAYS)
def test_every_chart_has_an_alt_text_and_is_drawn_once(iso3: str) -> None:
    drawn = [block for block in everything(iso3) if isinstance(block, blocks.Chart)]
    assert all(0 < len(chart.alt) <= 300 for chart in drawn)
    assert max(Counter(chart.csv_name for chart in drawn).values(), default=1) == 1


@pytest.mark.parametrize("iso3", DAYS)
def test_no_label_lies_on_another_or_leaves_the_sheet(iso3: str) -> None:
    one = report(iso3)
    with sheets.kept() as drawn:
        assert [*one.first_chart(), *one.matrix(), *one.topic_lines()] or not one.found.last.rows
    assert sheets.faults(drawn) == []


@pytest.mark.slow
def test_the_notebook_renders_to_both_formats(atlas: Any, tmp_path: Path) -> None:
    done = atlas("render", "BLR", "--notebook", "change", "-P", "from_date=2020-05", "-P", "to_date=2025-12",
                 "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "BLR" / "change.html").read_text("utf-8")
    assert "The judgement changed" in page and (tmp_path / "BLR" / "change.pdf").stat().st_size > 50_000
