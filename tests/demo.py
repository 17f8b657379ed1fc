"""A notebook with every kind of block and output, as if a kernel had run it."""

from __future__ import annotations

import base64
import io
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from nbformat import NotebookNode, v4

from atlas import blocks as b

HOSTILE = """<script>alert(1)</script> #panic() $x$ "quoted" \\ @ref *not bold* it's {{ 7*7 }} ]]> </script>"""
LONG = "The reading of the time rests on the year before the text was written, the newest on what is on file. " * 2


def svg(height: float = 3.4) -> str:
    """Draw a small dot plot with text as text."""
    settings: Any = {"svg.fonttype": "none", "svg.hashsalt": "demo", "font.family": "DejaVu Sans", "font.size": 9}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(6.8, height), layout="constrained")
        axes = figure.subplots()
        names = ["Moldova", "Kazakhstan", "Belarus", "Türkiye ◐", "Côte d'Ivoire", "Russia"]
        axes.hlines(range(6), [0.4, 0.4, 1.4, 2.0, 2.2, 3.9], [0.6, 1.0, 2.1, 3.1, 3.3, 7.1], color="#5b6472")
        axes.plot([0.6, 1.0, 2.1, 3.1, 3.3, 7.1], range(6), "o", color="#0b5cad")
        axes.plot([0.4, 0.4, 1.4, 2.0, 2.2, 3.9], range(6), "o", mec="#5b6472", mfc="#ffffff")
        axes.set_yticks(range(6), names)
        axes.tick_params(colors="#1f2328")
        axes.spines[:].set_visible(False)
        axes.grid(axis="x", color="#d9dde3")
        figure.patch.set_visible(False)
        axes.patch.set_visible(False)
        text = io.StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()


def chart(**changes: Any) -> b.Chart:
    """Return a chart about military spending."""
    given: dict[str, Any] = {
        "svg": svg(), "title": "Belarus was not the region's lowest spender in 2019, and its share has grown since",
        "subtitle": "Military spending, % of GDP, post-Soviet states with data for 2019 (hollow) and 2024 (filled)",
        "source": ["Source: SIPRI, through ", b.link("World Bank", "https://data.worldbank.org"), "."],
        "alt": "Dot plot of military spending in six states, 2019 and 2024: Belarus rises from 1.4 to 2.1 % of GDP.",
        "columns": ["", "2019", "2024"],
        "rows": [["Moldova", 0.4, 0.6], ["Belarus", 1.4, 2.1], ["Côte d'Ivoire", 2.2, None]],
        "csv_name": "military-spending.csv",
        "pills": [("DEM-2020-R18", "contradicted_then"), ("DEM-2020-R17", "holds")]}
    return b.Chart(**{**given, **changes})


def claim(number: str, verdict: str, **more: Any) -> dict[str, Any]:
    """Return a claim's card."""
    return {"id": f"DEM-2020-{number}", "anchor": b.anchor(f"DEM-2020-{number}"), "kind": "fact", "verdict": verdict,
            "statement": f"Statement {number}: no other post-Soviet state spends a smaller share on its military.",
            "where": "KAS 2020 · Jakob Wöllenstein · May 2020 · relevance, paragraph 4",
            "then": "2019: 1.4 % of GDP, fourth lowest of twelve states; Moldova spent 0.4 %.",
            "now": ["2024: 2.1 % of GDP. ", b.soft("Ukraine has no comparable figure.")],
            "sources": [b.link("SIPRI (2025)", "https://www.sipri.org"), "World Bank"],
            "reviewed": {"author": "Jakob Wöllenstein", "publisher": "Konrad-Adenauer-Stiftung", "written": "2020-05"},
            **more}


OPENING: list[b.Block | str] = [
    b.Stamp({"title": "Belarus: Living Partner Atlas", "language": "en", "country": "Belarus",
             "data_as_of": "2025-11-30", "version": "0.1.0", "data_version": "2025-11"}),
    "# The notebook's own title\n\nNot for the report.",
    b.Masthead("Belarus", "In two minutes: what still holds of the assessment of May 2020",
               [("Interest", "security and stability"), ("Data as of", "30 November 2025"),
                ("Editions", "May 2020, by Jakob Wöllenstein; two later ones")],
               "The chapter says itself that its text stopped in May 2020.", kicker_right="Assessed 2020, 2021, 2025"),
    b.Prose([["The geography of 2020 stands; the reading built on it does not. Most of what was written about Minsk as "
              "a go-between stopped holding between August 2020 and May 2024. One superlative was ",
              b.strong("wrong on the day"), " it was printed. The warning about unrest came true in three months."]],
            lead=True),
]

PROSE = """## Relevance

What was written, and what the data say. See [the World Bank](https://www.worldbank.org), [nowhere](#nowhere) and
[nothing](javascript:alert(1)).

### A smaller heading

- a list with US$3 and US$4
- a second line

| A | B |
|---|---|
| x | y |
"""

QUESTIONS = ("Relevance", "Willingness", "Status quo", "Potential", "Recommendation")
WORDS = ("no_longer_holds", "contested", "holds", "not_checkable", "reversed")


def first_page() -> list[b.Block | str]:
    """Return the table, the chart and the three lists of the first page."""
    columns = [{"name": "Question", "width": 2}, {"name": "May 2020", "width": 3}, {"name": "Now", "width": 3},
               {"name": "Verdicts", "width": 2}]
    rows: list[list[b.Text]] = [
        [name, "an anchor of stability between the camps", "a base for the invasion of a neighbour",
         [b.pill(word), " ", b.pill("holds", "3 hold")]] for name, word in zip(QUESTIONS, WORDS, strict=True)]
    held: list[Any] = [("holds", "three neighbours in the EU", "DEM-2020-R17"), ("holds", "no separatists", None)]
    changed: list[Any] = [("no_longer_holds", "party to the CFE treaty (2024)", "DEM-2020-R18")] * 3
    untold: list[Any] = [("not_checkable", "whether the wish for better ties with the West was ever real", None)] * 3
    return [b.Table(None, columns, rows, compact=True), chart(size="first_page"),
            b.Trio([("Held", held), ("Changed", changed), ("Cannot be told", untold)]), b.PageBreak()]


def board() -> b.Board:
    """Return a board with a matrix."""
    groups = [(name, [{"id": f"DEM-2020-R{n}", "verdict": word, "short": f"short words {n}"}
                      for n, word in enumerate(WORDS * (2 + i), start=17 + i)]) for i, name in enumerate(QUESTIONS)]
    columns: list[Any] = ["Then", {"name": "Supported now", "align": "right"},
                          {"name": "Contradicted now", "align": "right"}]
    return b.Board(groups, b.Table("Then and now", columns, [["Supported", "21", "14"], ["Contradicted", "2", "6"]]))


def long_table() -> b.Table:
    """Return a table that runs over pages, with hostile text in it."""
    rows = [[f"R{n}", HOSTILE if n == 3 else "A statement that takes a line or two of it.", f"{n * 1.5:.1f}"]
            for n in range(60)]
    columns: list[Any] = ["Claim", {"name": "Statement", "width": 3}, {"name": "Value", "align": "right"}]
    return b.Table("All claims", columns, rows,
                   note=["Source: ", b.link("bad", "javascript:alert(1)")], row_ids=[f"row-{n}" for n in range(60)],
                   csv={"name": "claims.csv", "columns": ["claim"], "rows": [["R1"]]})


def parts() -> list[b.Block | str]:
    """Return the demo report: blocks, and Markdown as text."""
    return [
        *OPENING, *first_page(),
        "## Verdict board\n\nOne square a claim, in the order of the *five questions*.", board(),
        PROSE, chart(),
        b.Claims([claim("R17", "holds"), claim("R18", "contradicted_then", rival="Forces per head differ.", note=LONG),
                  claim("R19", "no_longer_holds", statement=HOSTILE, where=HOSTILE, then=HOSTILE, sources=[HOSTILE])]),
        b.Note("Scope decides: goods without gold, or all trade.", "info"),
        b.Note(["A warning with ", b.claim("DEM-2020-R18"), " and ", b.claim("DEM-2020-R99"), "."], "warn"),
        "## Method and sources", long_table(), b.Prose([HOSTILE]),
    ]


FRAME = """<style scoped>.x{}</style><table border="1" class="dataframe"><thead><tr style="text-align: right;">
<th></th><th>spending</th></tr></thead><tbody><tr><th>Belarus</th><td>2.1 &amp; more</td></tr></tbody></table>
<script>x()</script>"""


def foreign() -> list[NotebookNode]:
    """Return outputs of an analyst's own: a table, two figures, text, a failure."""
    png = io.BytesIO()
    figure = Figure(figsize=(3, 1.5), layout="constrained")
    figure.subplots().plot([1, 2, 3])
    figure.savefig(png, format="png", metadata={"Software": None})
    picture = base64.b64encode(png.getvalue()).decode()
    shown: list[dict[str, str]] = [{"text/html": FRAME}, {"image/png": picture}, {"image/svg+xml": svg(1.5)},
                                   {"text/markdown": "**Own** Markdown"}, {"text/plain": "42"}]
    return [*(v4.new_output("display_data", data) for data in shown),
            v4.new_output("stream", name="stdout", text="printed = 'text'\n"),
            v4.new_output("stream", name="stderr", text="a warning that nobody needs\n"),
            v4.new_output("error", ename="NoData", evalue="\x1b[31mno figure\x1b[0m for <X>", traceback=[])]


def notebook(*, own: bool = True, given: list[b.Block | str] | None = None) -> NotebookNode:
    """Return the demo as an executed notebook, with an analyst's own outputs or without."""
    cells = []
    for part in given or parts():
        if isinstance(part, str):
            cells.append(v4.new_markdown_cell(part))
        else:
            output = v4.new_output("display_data", part._repr_mimebundle_())
            cells.append(v4.new_code_cell("say()", outputs=[output]))
    if own:
        cells += [v4.new_markdown_cell("## An analyst's own"), v4.new_code_cell("secret_code()", outputs=foreign())]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
