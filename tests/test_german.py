"""The country report in German: names decline, nothing is left in English but what says so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from atlas import language, ledger_text, phrases, verdicts, words
from atlas.blocks import html, plain
from atlas.data import Country, tables
from atlas.errors import WrongUse
from atlas.narrate import CountryReport
from atlas.paths import NOTEBOOKS, PACKAGE
from atlas.render import accepted, build, document, reviews
from atlas.render.html import page

STATES = [one for one in tables().countries.values() if one.kind == "state"]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Whatever a test speaks, the next one begins in English."""
    yield
    language.use("en")


# ---- numbers and dates --------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("said", "german"), [
    (lambda: words.amount(1.387, "%", 1), "1,4 %"), (lambda: words.estimate(5684177, "persons"), "5,68 Millionen"),
    (lambda: words.estimate(1e6, "persons"), "1,00 Millionen"), (lambda: words.scaled("1", "million"), "1 Million"),
    (lambda: words.amount(6.2e10, "current US$", -8), "62,0 Milliarden US-Dollar"),
    (lambda: words.day("2024-05-24"), "24. Mai 2024"), (lambda: words.day("2020-03"), "März 2020"),
    (lambda: words.at("2020-05"), "im Mai 2020"), (lambda: words.at("2024-05-24"), "am 24. Mai 2024"),
    (lambda: words.of("2024"), "von 2024"), (lambda: words.rank(3), "Platz 3"), (lambda: words.nth(3), "dritt"),
    (lambda: words.listing(["eins", "zwei", "drei"]), "eins, zwei und drei"), (lambda: words.count(11), "elf"),
    (lambda: words.number(-1234.5, 1), "−1.234,5"), (lambda: words.general(0.5), "0,5")])
def test_numbers_dates_and_lists_are_written_as_germans_write_them(said: Any, german: str) -> None:
    language.use("de")
    assert said().replace(words.NBSP, " ") == german


# ---- names of countries -------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("iso3", "forms"), [
    ("CHE", "die Schweiz|der Schweiz|der Schweiz|die Schweiz|in der Schweiz|aus der Schweiz|in die Schweiz"),
    ("IRQ", "der Irak|des Irak|dem Irak|den Irak|im Irak|aus dem Irak|in den Irak"),
    ("NLD", "die Niederlande|der Niederlande|den Niederlanden|die Niederlande|in den Niederlanden|aus den Niederlanden"
            "|in die Niederlande"),
    ("USA", "die Vereinigten Staaten|der Vereinigten Staaten|den Vereinigten Staaten|die Vereinigten Staaten"
            "|in den Vereinigten Staaten|aus den Vereinigten Staaten|in die Vereinigten Staaten"),
    ("GBR", "das Vereinigte Königreich|des Vereinigten Königreichs|dem Vereinigten Königreich|das Vereinigte Königreich"
            "|im Vereinigten Königreich|aus dem Vereinigten Königreich|in das Vereinigte Königreich"),
    ("COD", "die DR Kongo|der DR Kongo|der DR Kongo|die DR Kongo|in der DR Kongo|aus der DR Kongo|in die DR Kongo"),
    ("SYC", "die Seychellen|der Seychellen|den Seychellen|die Seychellen|auf den Seychellen|von den Seychellen"
            "|auf die Seychellen"),
    ("TCD", "der Tschad|des Tschad|dem Tschad|den Tschad|im Tschad|aus dem Tschad|in den Tschad"),
    ("BLR", "Belarus|von Belarus|Belarus|Belarus|in Belarus|aus Belarus|nach Belarus")])
def test_a_name_has_its_article_in_every_case(iso3: str, forms: str) -> None:
    language.use("de")
    country = tables().country(iso3)
    asked = ("nominative", "genitive", "dative", "accusative", "in", "from", "to")
    assert "|".join(format(country, form) for form in asked) == forms


@pytest.mark.parametrize("country", STATES, ids=lambda one: one.iso3)
def test_every_state_fits_into_the_frames_of_sentences(country: Country) -> None:
    language.use("de")
    name, article = country.called, country.article_de.split(" ")[0]
    assert name and not language.marked(name)
    frames = [f"Für {country:accusative}", f"mit {country:dative}", f"{country:from}", f"{country:in}",
              f"{country:genitive}", f"{country:on}", f"{country} hat"]
    assert not [text for text in frames if re.search(r"\b(in|von|zu) dem\b|\bzu der\b|  ", text)]
    if not article:
        assert all(name in text for text in frames)
        assert not re.match(r"(Vereinigt|Demokratisch|Zentralafrik|Dominikan)|.*(Republik|Inseln|inseln)$", name)
    else:
        assert frames[0].split(" ")[1] in {"die": ("die",), "der": ("den",), "das": ("das",)}[article]
    assert format(country, "name") == name
    language.use("en")
    assert f"{country:dative}" == country.the and f"{country:genitive}" == words.possessive(country.the)


def test_names_in_the_plural_and_those_that_germans_never_say_bare_have_an_article() -> None:
    language.use("de")
    plural = re.compile(r"^(?!St\.).*(Staaten|Emirate|Niederlande|inen|iven|ellen|inseln)$")
    plurals = [one.iso3 for one in STATES if plural.match(one.called)]
    assert plurals and all(tables().country(iso3).article_de.startswith("die pl") for iso3 in plurals)
    assert {"CHE", "TUR", "UKR", "MNG", "SVK", "IRQ", "IRN", "LBN", "SDN", "NER", "YEM"} <= {
        one.iso3 for one in STATES if one.article_de}


# ---- what is said -------------------------------------------------------------------------------------------------

COUNTRY_REPORT = sorted(
    [PACKAGE / "narrate" / f"{name}.py" for name in (
        "board", "country", "drawings", "figures", "interests", "ledgers", "method", "neighbours", "opening", "quality",
        "questions", "record", "since", "subject", "titles")]
    + [PACKAGE / "charts" / f"{name}.py" for name in (
        "alt", "caption", "columns", "dated", "distance", "dots", "lines", "mix", "multiples", "slopes", "strips",
        "timeline")]
    + sorted(path for path in (PACKAGE / "checks").glob("*.py") if path.stem != "registry") + [PACKAGE / "verdicts.py"])
"""The registry of rules is left out: it speaks to those who write assessment files."""
MEANT = {
    "in force", "former member",    # statuses as the tables have them, looked up and compared
    "{}: Living Partner Atlas", "Living Partner Atlas · {}",    # a name
    "current US$", " per person", "index 0-1", "index 0–1",    # units of the codebook, compared or shortened
    "{} membership",    # tells rows apart, not shown
}
"""Literals of two words or more that are no English sentence for readers, with the reason."""
_WORDS = re.compile(r"[A-Za-z]{2,}[,;:]? [A-Za-z]{2,}|\{\} [a-z]{3,}|[a-z]{3,} \{\}")


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """The texts of a module that may be shown: no docstrings, and no errors, which are for the command line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        if isinstance(node, ast.Raise) or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "WrongUse"):
            skipped |= {id(inner) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(inner) for inner in node.values}
            parts = [str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values]
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


@pytest.mark.parametrize("path", COUNTRY_REPORT, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_english_sentence_is_left_in_the_code_of_the_country_report(path: Path) -> None:
    left = [f"{path.name}:{line}: {text!r}" for line, text in literals(path)
            if _WORDS.search(text) and text not in MEANT]
    assert not left


_ENGLISH = re.compile(r"\b(the|of|and|is|are|were|with|from|by|since|which|not|has|have|this|that)\b")
_NAMES = re.compile(r"The World Factbook|\([^)]*(?:[Bb]ank|[Oo]ffice|[Cc]ommission|Institute|UN|of)[^)]*\)")
"""Publishers, who are named as they name themselves."""


def shown(block: dict[str, Any]) -> Iterator[str]:
    """What a block says in words of ours, without titles of publications."""
    if block["kind"] == "masthead":
        yield from (plain(block["subtitle"]), block["kicker_left"], block["kicker_right"])
    elif block["kind"] == "chart":
        yield from (block["title"], plain(block["subtitle"]), *map(str, block["columns"]))
    elif block["kind"] == "table":
        yield from (plain(block["caption"]), plain(block["note"]), *(column["name"] for column in block["columns"]))
    elif block["kind"] == "prose":
        yield from map(plain, block["paragraphs"])
    elif block["kind"] == "claims":
        for item in block["items"]:
            yield from (item["kind"], plain(item["where"]), *(plain(item[name]) for name in ("then", "now", "note")))


def everything(report: CountryReport) -> Iterator[dict[str, Any]]:
    """The blocks of a report but the citations, which are printed as their publishers write them."""
    asked = ("relevance", "willingness", "status_quo", "potential", "recommendation")
    cells = [report.masthead(), report.two_minutes(), report.first_chart(), report.first_page_end(), report.board(),
             report.events(), report.event_charts(), *(report.written(code) for code in asked),
             *(report.drawn(code) for code in asked), *(report.claims(code) for code in asked), report.fact_box(),
             report.neighbours(), report.neighbour_charts(), report.ledgers(), report.other_interests(),
             report.quality(), report.method(), report.every_claim()]
    yield from (block.to_json() for cell in cells for block in cell)


@pytest.mark.parametrize("iso3", ["BLR", "CHE", "GHA", "GBR", "TUV"])
def test_nothing_is_left_in_english_but_what_says_so(iso3: str) -> None:
    report = CountryReport(iso3, language="de")
    left = {text for block in everything(report) for said in shown(block)
            for text, foreign in language.pieces(_NAMES.sub("", said)) if not foreign and _ENGLISH.search(text)}
    assert not left


@pytest.mark.parametrize("iso3", ["BLR", "CHE", "RUS", "SRB", "UKR"])
def test_the_texts_on_the_first_five_countries_are_all_translated(iso3: str) -> None:
    assert list(everything(CountryReport(iso3, language="de"))) and language.lacking() == []


def test_what_lacks_a_translation_is_counted_and_seen() -> None:
    report = CountryReport("BLR", language="de")
    blocks = list(everything(report))
    told = [plain(text) for block in blocks if block["kind"] == "prose" for text in block["paragraphs"]]
    assert bool(language.lacking()) == any("nur auf Englisch vor" in text for text in told)
    cards = [item for block in blocks if block["kind"] == "claims" for item in block["items"]]
    untranslated = {row.claim.id for row in report.subject.ledger.rows if not row.claim.statement.is_here}
    assert {item["id"] for item in cards if language.marked(item["statement"])} == untranslated


def test_a_text_without_translation_is_english_to_eyes_and_to_screen_readers() -> None:
    language.use("de")
    block = {"kind": "prose", "paragraphs": [f"Titel: {language.foreign('A <title>')}."], "lead": False}
    assert '<span lang="en">A &lt;title&gt;</span> <small>(englisch)</small>' in html.fragment(block)
    assert html.csv_address(["a"], [[language.foreign("x")]]).endswith("a%0Ax%0A")


def test_verdicts_and_claims_for_machines_are_the_same_in_german() -> None:
    english = ledger_text.ledger_csv("BLR")
    ours = CountryReport("BLR").every_claim()[0].to_json()["csv"]
    german = CountryReport("BLR", language="de")
    assert german.every_claim()[0].to_json()["csv"] == ours
    assert [row.verdict for row in german.subject.ledger.rows] == [row.verdict for row in verdicts.ledger("BLR").rows]
    language.use("en")
    assert ledger_text.ledger_csv("BLR") == english


# ---- the notebook's own prose -------------------------------------------------------------------------------------

def cells() -> dict[str, str]:
    """The prose of the notebook by cell."""
    notebook = nbformat.read(NOTEBOOKS / "country.ipynb", as_version=4)
    return {cell["id"]: cell["source"].strip() for cell in notebook.cells if cell["cell_type"] == "markdown"}


def test_every_cell_of_prose_has_a_german_version_of_the_text_that_stands_there() -> None:
    english = {key.partition(".")[2]: text for key, text in phrases.catalogue("en").items() if key.startswith("cells.")}
    assert {key: text.strip() for key, text in english.items()} == cells()


def test_headings_are_of_the_same_level_in_german() -> None:
    german = phrases.catalogue("de")
    levels = {key: (text.split(" ")[0], german[f"cells.{key}"].split(" ")[0]) for key, text in cells().items()}
    assert not {key: pair for key, pair in levels.items() if pair[0] != pair[1]}


def test_prose_that_an_analyst_changed_stays_as_it_is_and_is_english() -> None:
    language.use("de")
    kept = {"id": "board", "source": cells()["board"]}
    assert document.prose_of(kept)["source"].startswith("## Übersicht")
    changed = document.prose_of(kept | {"source": "## Mine"})
    assert changed == {"kind": "markdown", "source": "## Mine", "language": "en"}


# ---- the page -----------------------------------------------------------------------------------------------------

def test_quotation_marks_are_those_of_the_language() -> None:
    assert document.quotes('the "new" one') == "the “new” one"
    language.use("de")
    english = language.foreign('"old"')
    assert document.quotes(f'das "neue" {english}') == f"das „neue“ {language.foreign('“old”')}"


def test_reviews_name_their_language() -> None:
    item = {"anchor": "claim-x", "statement": "Ein Satz.", "verdict": "holds"}
    assert "inLanguage" not in reviews.json_ld([item], "")
    language.use("de")
    said = reviews.json_ld([item], "")
    assert '"inLanguage":"de"' in said and '"alternateName":"gilt"' in said


def test_the_page_speaks_the_language_of_its_stamp() -> None:
    parts = [{"kind": "chart", "svg": '<svg xmlns="http://www.w3.org/2000/svg"/>', "title": "Titel", "subtitle": "",
              "source": "", "alt": "Bild", "columns": ["Jahr", "Wert"], "rows": [["2024", 1234.5]], "csv_name": "x.csv",
              "pills": [], "size": "full", "links": {}}]
    made = page(document.Document({"language": "de", "title": "T", "data_as_of": "2026-06-21"}, parts))
    assert (made["language"], made["skip"], made["contents_title"]) == ("de", "Zum Bericht springen", "Inhalt")
    assert "Die Zahlen hinter dieser Abbildung" in made["body"][0] and "1.234,5" in made["body"][0]
    assert "2024,1234.5" in made["body"][0]  # the download is for machines
    assert "Daten bis 21." in made["footer"][1]
    assert language.english()


@pytest.mark.parametrize(("notebook", "word", "message"), [
    ("country", "fr", "language='fr' is not known; expected one of en, de"),
    ("change", "de", "language='de' is for the country report; change.ipynb speaks en only"),
    ("compare", "de", "compare.ipynb speaks en only")])
def test_a_language_that_a_report_does_not_speak_is_one_line(notebook: str, word: str, message: str) -> None:
    with pytest.raises(WrongUse, match=re.escape(message)) as caught:
        accepted.others(NOTEBOOKS / f"{notebook}.ipynb", {"language": word})
    assert "\n" not in str(caught.value)


@pytest.mark.slow
def test_a_german_report_is_german_on_the_page_and_in_print(tmp_path: Path) -> None:
    from pypdf import PdfReader

    [outcome] = build.render(["CHE"], parameters={"language": "de"}, out=tmp_path, jobs=1)
    assert outcome.error == ""
    text = (tmp_path / "CHE/country.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in text and "In zwei Minuten" in text and "Übersicht der Befunde" in text
    assert not re.search(r">(Then|Now|Another reading|Note|Sources|Contents)<|In two minutes|Download ", text)
    assert (tmp_path / "CHE/claims.csv").read_text(encoding="utf-8") == ledger_text.ledger_csv("CHE")
    printed = PdfReader(tmp_path / "CHE/country.pdf")
    assert printed.trailer["/Root"]["/Lang"] == "de"
    assert "Datenqualität" in "".join(one.extract_text() for one in printed.pages)
