"""The printed report: tagged, bookmarked, readable as text, the same bytes each time."""

from __future__ import annotations

import io
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from nbformat import v4
from pypdf import PdfReader

import demo
from atlas import blocks
from atlas.errors import AtlasError
from atlas.render import document, pdf


def made(**options: Any) -> bytes:
    return pdf.render(document.read(demo.notebook(**options)))


@pytest.fixture(scope="module")
def source() -> bytes:
    return made()


@pytest.fixture(scope="module")
def reader(source: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(source))


@pytest.fixture(scope="module")
def text(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.fixture(scope="module")
def tags(source: bytes) -> list[dict[str, Any]]:
    """Every element of the structure: its role, its alternative text, whether it heads a column."""
    with pikepdf.open(io.BytesIO(source)) as opened:
        found = [one for one in opened.objects
                 if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"]
        return [{"role": str(one["/S"])[1:], "alt": str(one.get("/Alt", "")),
                 "scope": b"/Column" in one.unparse(resolved=True)} for one in found]


def test_it_is_pdf_ua(source: bytes) -> None:
    with pikepdf.open(io.BytesIO(source)) as opened, opened.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == "en"
        assert opened.Root.ViewerPreferences.DisplayDocTitle


def test_it_says_its_title_and_the_date_of_the_data(reader: PdfReader) -> None:
    about = reader.metadata
    assert about is not None
    assert about.title == "Belarus: Living Partner Atlas"
    assert about.creation_date is not None and about.creation_date.date().isoformat() == "2025-11-30"


def test_the_bookmarks_are_the_sections_below_the_country(reader: PdfReader) -> None:
    country, sections = reader.outline
    assert country["/Title"] == "Belarus"
    names = [one["/Title"] for one in sections if not isinstance(one, list)]
    assert names == ["Verdict board", "Relevance", "Method and sources", "An analyst’s own"]


def test_the_first_page_stands_alone(reader: PdfReader) -> None:
    first, second = (reader.pages[number].extract_text() for number in (0, 1))
    assert "In two minutes" in first and "Cannot be told" in first and "ever real" in first
    assert second.startswith("Verdict board")


def test_a_full_first_page_still_fits() -> None:
    long = blocks.Prose(["A sentence that makes the first page fuller than it should be. " * 12])
    parts = [*demo.OPENING, long, *demo.first_page(), "## After"]
    pages = PdfReader(io.BytesIO(made(own=False, given=parts))).pages
    assert len(pages) == 2
    assert "ever real" in pages[0].extract_text()


def test_a_brief_report_is_one_page() -> None:
    parts = [*demo.OPENING, *demo.first_page()]
    assert len(PdfReader(io.BytesIO(made(own=False, given=parts))).pages) == 1


def test_text_of_charts_is_text(text: str) -> None:
    for word in ("Kazakhstan", "Türkiye", "Côte d'Ivoire"):
        assert word in text


def test_every_figure_has_its_description(tags: list[dict[str, Any]]) -> None:
    figures = [one for one in tags if one["role"] == "Figure"]
    assert len(figures) >= 4
    assert all(one["alt"] for one in figures)
    assert any("Belarus rises from 1.4 to 2.1 % of GDP" in one["alt"] for one in figures)


def test_headings_tables_and_lists_are_tagged(tags: list[dict[str, Any]]) -> None:
    roles = Counter(one["role"] for one in tags)
    assert roles["H1"] == 1 and roles["H2"] == 4
    assert roles["Table"] >= 4 and roles["TH"] >= 10 and roles["L"] >= 3
    assert all(one["scope"] for one in tags if one["role"] == "TH")


def test_headers_of_long_tables_repeat(reader: PdfReader) -> None:
    pages = [page.extract_text() for page in reader.pages]
    assert sum("Claim" in page and "Statement" in page and "Value" in page for page in pages) >= 2


def test_every_page_says_what_it_is(reader: PdfReader) -> None:
    for number, page in enumerate(reader.pages, start=1):
        said = page.extract_text()
        assert "Belarus · data to 30 November 2025 · version 0.1.0" in said.replace("\u00a0", " ")
        assert f"{number} / {len(reader.pages)}" in said


def test_verdicts_are_glyph_and_word(text: str) -> None:
    assert "▲ no longer holds" in text.replace("\u00a0", " ")


def test_hostile_text_reads_as_it_was_typed(text: str) -> None:
    flat = " ".join(text.split())
    assert "<script>alert(1)</script> #panic() $x$ “quoted” \\ @ref *not bold* it’s {{ 7*7 }} ]]>" in flat


def test_claims_are_linked_and_unsafe_addresses_are_not(source: bytes) -> None:
    with pikepdf.open(io.BytesIO(source)) as opened:
        links = [note for page in opened.pages for note in page.get("/Annots", [])]
        addresses = {str(note.A.URI) for note in links if "/A" in note and "/URI" in note.A}
        within = [note for note in links if "/Dest" in note]
    assert "https://www.worldbank.org" in addresses
    assert not [one for one in addresses if not one.startswith(("http://", "https://", "mailto:"))]
    assert len(within) >= 10


def test_an_analysts_own_outputs_appear(text: str) -> None:
    flat = " ".join(text.split())
    for word in ("spending", "2.1 & more", "Own Markdown", "printed = 'text'", "42", "NoData: no figure for <X>"):
        assert word in flat
    assert "secret_code" not in flat and "nobody needs" not in flat


def test_scripts_of_the_world_do_not_stop_it() -> None:
    parts: list[Any] = [*demo.OPENING, blocks.Prose(["Беларусь Ελλάδα 中文 العربية हिन्दी 한국어 \U0001f600"])]
    assert made(own=False, given=parts).startswith(b"%PDF")


def test_markdown_cannot_run_as_typst() -> None:
    parts: list[Any] = [*demo.OPENING, "Text `#panic(1)`{=typst} #panic(2) <label> $ @ref",
                        "```{=typst}\n#panic(3)\n```", "```\nunclosed", "The next cell, US$3 to US$4."]
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made(own=False, given=parts))).pages)
    assert "#panic(1)" in said and "#panic(2)" in said
    assert "The next cell, US$3 to US$4." in said


def test_it_is_the_same_bytes_in_another_process(source: bytes) -> None:
    folder = str(Path(demo.__file__).parent)
    code = f"import sys; sys.path.insert(0, {folder!r}); import demo; from atlas.render import document, pdf; " \
           "sys.stdout.buffer.write(pdf.render(document.read(demo.notebook())))"
    again = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert again.stdout == source


def test_what_the_compiler_refuses_is_one_clear_error() -> None:
    output = v4.new_output("display_data", {"image/png": "bm8gcG5n"})
    notebook = v4.new_notebook(cells=[v4.new_code_cell("", outputs=[output])])
    with pytest.raises(AtlasError, match="the PDF could not be set"):
        pdf.render(document.read(notebook))


def test_it_stays_small(source: bytes) -> None:
    assert len(source) < 300_000
