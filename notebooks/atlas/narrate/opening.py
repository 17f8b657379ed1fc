"""The first page: whose assessment it is, and in two minutes what became of it."""

from __future__ import annotations

import re

from atlas import __version__, vocabulary, words
from atlas.blocks import Block, Masthead, PageBreak, Prose, Stamp, Table, Text, Trio, link, pill, soft
from atlas.model import ATLAS, Assessment
from atlas.narrate.subject import Subject, changed_on, cited, first, named, tally
from atlas.verdicts import Judged

TRUTH = (
    "holds",
    "no_longer_holds",
    "contradicted_then",
    "came_true",
    "contested",
    "stale",
    "overtaken",
    "no_data",
    "not_checkable",
)
UNTOLD = ("no_data", "not_checkable")
"""The verdicts on a statement that no figure here can test."""


def masthead(subject: Subject) -> list[Block]:
    """Return the stamp and the head of the report."""
    country = subject.country
    chapters = [one for one in subject.assessments if one.publisher == ATLAS] or subject.assessments
    interests = list(dict.fromkeys(one.interest for one in chapters if one.interest))
    kicker = (
        "Interest: " + words.listing(subject.interests[code]["short"].lower() for code in interests)
        if interests
        else "Data only, no assessment"
    )
    years = list(dict.fromkeys(one.edition for one in subject.assessments))
    stamp = {
        "title": f"{country.name}: Living Partner Atlas",
        "language": "en",
        "country": country.name,
        "data_as_of": subject.day.isoformat(),
        "version": __version__,
    }
    main = subject.main if subject.assessments else None
    subtitle = f"What has become of {named(main)}" if main else "What the data show"
    lines: list[tuple[str, Text]] = [("Text", cited(main) + _others(subject))] if main else []
    lines.append(("Data as of", words.day(subject.day)))
    return [
        Stamp(fields=stamp),
        Masthead(
            country=country.name,
            subtitle=subtitle,
            lines=lines,
            notice=_notice(main) if main else None,
            kicker_left=f"Living Partner Atlas · {kicker}",
            kicker_right=f"Assessed {', '.join(years)}" if years else "",
        ),
    ]


def _notice(text: Assessment) -> str | None:
    own = f"The source's own notice: {text.notice}" if text.notice else ""
    return " ".join(filter(None, (own, f"About this text: {text.about}" if text.about else ""))) or None


def _others(subject: Subject) -> str:
    """Name the publishers of the other texts, briefly."""
    others = [one for one in subject.assessments if one.id != subject.main.id]
    return f"; besides: {words.listing(dict.fromkeys(one.label for one in others))}" if others else ""


def two_minutes(subject: Subject) -> list[Block]:
    """Return the bottom line and the five rows of the first page."""
    if not subject.assessments:
        return []
    rows = _main_rows(subject)
    return [Prose(paragraphs=[bottom_line(subject, rows)], lead=True), five_rows(subject, rows)]


def closing(subject: Subject) -> list[Block]:
    """Return the three short lists, what would change the picture, and the end of the page."""
    if not subject.assessments:
        return [PageBreak()]
    return [trio(subject, _main_rows(subject)), Prose(paragraphs=[outlook(subject)]), PageBreak()]


def _main_rows(subject: Subject) -> list[Judged]:
    return [row for row in subject.ledger.rows if row.assessment.id == subject.main.id]


def bottom_line(subject: Subject, rows: list[Judged]) -> str:
    """Say in a few sentences what became of the main text, and how many later ones there are."""
    said = [row for row in rows if row.verdict in TRUTH]
    testable = [row for row in said if row.verdict not in UNTOLD]
    known = "" if subject.main.known == "whole" else f", known in its {subject.main.known} only"
    whole = f"{words.count(len(rows), 'claim')} in {named(subject.main)}{known}"
    if len(testable) < len(rows):
        whole += f", {words.count(len(testable))} can be held against data"
        opening = f"Of {whole}: {_short_tally(testable)}"
    else:
        opening = f"Of {whole}, {_short_tally(testable)}"
    parts = [words.sentence(opening)]
    return " ".join(filter(None, [*parts, _turning(rows), _fates(rows), _later(subject)]))


def _short_tally(rows: list[Judged]) -> str:
    """Count verdicts in as few words as the first page has room for."""
    told = words.listing(tally(rows, TRUTH)) or "none so far"
    return re.sub(
        r" by the data of (its|their) own time",
        " at the time",
        re.sub(r"ha(?:s|ve) been (\w+) by events", r"overtaken", told),
    )


def _turning(rows: list[Judged]) -> str:
    """Say what stopped holding first and last."""
    gone = sorted((row for row in rows if row.verdict == "no_longer_holds" and row.since), key=lambda row: row.since)
    if not gone:
        return ""
    first_year, last_year = gone[0].since[:4], gone[-1].since[:4]
    if first_year == last_year:
        return words.sentence(f"{_quoted(gone[0])} stopped holding in {first_year}")
    return words.sentence(
        f"The first to go was {_quoted(gone[0])} in {first_year}, the latest {_quoted(gone[-1])} in {last_year}"
    )


def _quoted(row: Judged) -> str:
    return f"‘{row.claim.short}’"


def _fates(rows: list[Judged]) -> str:
    """Say how the forecasts and recommendations ended, those that came about first."""
    told = []
    for kind, wanted, verb in (("forecast", "occurred", "occurred"), ("recommendation", "followed", "followed")):
        mine = [row for row in rows if row.claim.kind == kind]
        met = sum(row.verdict == wanted for row in mine)
        was = {"forecast": "", "recommendation": "was " if met == 1 else "were "}[kind]
        if len(mine) == 1:
            told.append(f"its one {kind} {was or 'has '}{'' if met else 'not '}{verb}".replace("were not", "was not"))
        elif mine:
            told.append(f"{words.count(met) if met else 'none'} of its {words.count(len(mine), kind)} {was}{verb}")
    return words.sentence(words.listing(told)) if told else ""


def _later(subject: Subject) -> str:
    others = [one for one in subject.assessments if one.id != subject.main.id]
    if not others:
        return ""
    rows = [row for row in subject.ledger.rows if row.assessment.id != subject.main.id]
    held = sum(row.verdict == "holds" for row in rows)
    came = sum(row.verdict in ("came_true", "occurred") for row in rows)
    good = [f"{words.count(held)} {'holds' if held == 1 else 'hold'}" if held or not came else "",
            f"{words.count(came)} came true" if came else ""]
    return words.sentence(
        f"{words.capital(words.count(len(others), 'other text'))} "
        f"{'adds' if len(others) == 1 else 'add'} {words.count(len(rows), 'claim')}, of which "
        f"{words.listing(filter(None, good))}"
    )


def five_rows(subject: Subject, rows: list[Judged]) -> Table:
    """Return the table of the five questions: what was written, how it stands now, the verdicts."""
    columns = [
        {"name": "Question", "width": 1.3},
        {"name": words.capital(words.day(subject.main.written)), "width": 2.4},
        {"name": "Now", "width": 2.6},
        {"name": "Verdicts", "width": 2.2},
    ]
    made = []
    for code, question in subject.questions.items():
        mine = [row for row in rows if row.claim.question == code]
        made.append(
            [
                link(question["name"], f"#{code}") if mine else question["name"],
                subject.main.answer(code) or ("see the claims" if mine else "not in the part known"),
                stand(mine),
                _pills(mine),
            ]
        )
    return Table(
        caption=None,
        columns=columns,
        rows=[[[cell] if isinstance(cell, dict) else cell for cell in row] for row in made],
        compact=True,
    )


def stand(rows: list[Judged]) -> str:
    """Say in a few words how the claims under a question stand, naming what changed."""
    if not rows:
        return "–"
    gone = first(rows, "no_longer_holds")
    if gone:
        return f"no longer: {gone[0].claim.short}{changed_on(gone[0])}"
    turned = first(rows, "reversed")
    if turned:
        return f"the opposite happened: {turned[0].claim.short}"
    wrong = first(rows, "contradicted_then", "did_not_occur")
    if wrong:
        return f"not so: {wrong[0].claim.short}"
    kept = first(rows, "holds", "came_true", "occurred", "followed")
    if kept:
        return f"still: {kept[0].claim.short}"
    return "open or beyond testing"


def _pills(rows: list[Judged]) -> Text:
    found = [row.verdict for row in rows]
    order = [word for word in vocabulary.VERDICTS if word in found]
    order.sort(key=lambda word: (vocabulary.VERDICTS[word].tone == "mute", -found.count(word)))
    runs: list[str | dict[str, str]] = []
    for word in order[:2]:
        runs += [pill(word, f"{found.count(word)} {vocabulary.VERDICTS[word].label}"), " "]
    return [*runs, soft(f"+{sum(found.count(word) for word in order[2:])}")] if len(order) > 2 else runs or "–"


def trio(subject: Subject, rows: list[Judged]) -> Trio:
    """Return the short lists: what held, what changed, what was contradicted at the time, what cannot be told."""
    lists = [
        ("Held", first(rows, "holds", "came_true", "occurred")),
        ("Changed", first(rows, "no_longer_holds", "overtaken", "reversed")),
        ("Contradicted at the time", first(rows, "contradicted_then", "did_not_occur")),
        ("Cannot be settled", first(rows, "not_checkable", "no_data", "unresolvable", "contested", "stale")),
    ]
    return Trio(
        columns=[
            (heading, [(row.verdict, _item(row), row.claim.id) for row in found[:3]])
            for heading, found in lists
            if found
        ]
    )


def _item(row: Judged) -> Text:
    evidence = brief(row)
    return [row.claim.short, soft(f" {evidence}")] if evidence else row.claim.short


def brief(row: Judged) -> str:
    """Return the number or date that a verdict rests on, with its publisher, in a few words."""
    now = row.now if row.now and row.now.result != "no_data" else row.then
    if not now or row.verdict in ("not_checkable", "no_data", "unresolvable"):
        return ""
    if now.value is None or now.unit == "count":
        return row.since[:4]
    then = row.then.brief if row.then and row.verdict in ("no_longer_holds", "came_true") else ""
    if row.verdict == "contradicted_then" and row.then:
        return row.then.brief
    return f"{then} → {now.brief}" if then and then != now.brief and len(then) < 25 else words.shorten(now.brief, 60)


def outlook(subject: Subject) -> Text:
    """Say which figures or dates would change the picture."""
    rows = subject.ledger.rows
    open_ = sorted(
        (row for row in rows if row.verdict == "pending" and row.claim.by), key=lambda row: str(row.claim.by)
    )
    stale = [row for row in rows if row.verdict == "stale"]
    told = []
    if open_:
        what = "forecasts and recommendations" if len(open_) > 1 else "forecast or recommendation"
        told.append(f"{words.count(len(open_))} {what}, the next due by {words.day(str(open_[0].claim.by))}")
    if stale:
        told.append(f"{words.count(len(stale), 'claim')} that newer figures would settle, such as {_quoted(stale[0])}")
    if not told:
        return "Still open: nothing but newer editions of the figures."
    return f"Still open: {words.listing(told)}."
