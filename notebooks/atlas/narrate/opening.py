"""The first page: whose assessment it is, and in two minutes what became of it."""

from __future__ import annotations

from atlas import __version__, language, vocabulary, words
from atlas.blocks import Block, Masthead, PageBreak, Prose, Stamp, Table, Text, Trio, link, soft
from atlas.model import ATLAS, Assessment
from atlas.narrate.subject import Subject, changed_on, cited, clause, first, named, pills, tally
from atlas.phrases import say
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
STANDS = {
    "turned": ("reversed",),
    "wrong": ("contradicted_then", "did_not_occur"),
    "kept": ("holds", "came_true", "occurred", "followed"),
}
"""What is said of the claims under a question where none stopped holding, the most telling first."""
UNTOLD = ("no_data", "not_checkable")
"""The verdicts on a statement that no figure here can test."""


def masthead(subject: Subject) -> list[Block]:
    """Return the stamp and the head of the report."""
    country = subject.country
    chapters = [one for one in subject.assessments if one.publisher == ATLAS] or subject.assessments
    interests = list(dict.fromkeys(one.interest for one in chapters if one.interest))
    named_here = words.listing(say(f"interests.{code}.short_inside") for code in interests)
    kicker = say("opening.interest", interests=named_here) if interests else say("opening.data_only")
    years = list(dict.fromkeys(one.edition for one in subject.assessments))
    stamp = {
        "title": f"{country:name}: Living Partner Atlas",
        "language": language.current(),
        "country": format(country, "name"),
        "data_as_of": subject.day.isoformat(),
        "version": __version__,
    }
    main = subject.main if subject.assessments else None
    subtitle = say("opening.become", text=named(main)) if main else say("opening.what_data")
    lines: list[tuple[str, Text]] = [(say("opening.text"), cited(main) + _others(subject))] if main else []
    lines.append((say("opening.as_of"), words.day(subject.day)))
    return [
        Stamp(fields=stamp),
        Masthead(
            country=format(country, "name"),
            subtitle=subtitle,
            lines=lines,
            notice=_notice(main) if main else None,
            kicker_left=f"Living Partner Atlas · {kicker}",
            kicker_right=say("opening.assessed", years=", ".join(years)) if years else "",
        ),
    ]


def _notice(text: Assessment) -> str | None:
    own = say("opening.notice", text=text.notice.shown) if text.notice else ""
    return " ".join(filter(None, (own, say("opening.about", text=text.about.shown) if text.about else ""))) or None


def _others(subject: Subject) -> str:
    """Name the publishers of the other texts, briefly."""
    others = [one for one in subject.assessments if one.id != subject.main.id]
    return say("opening.besides", texts=words.listing(dict.fromkeys(one.label for one in others))) if others else ""


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
    known = "" if subject.main.known == "whole" else say(f"opening.known.{subject.main.known}")
    given = {"claims": say("opening.of", count=len(rows)), "text": named(subject.main), "known": known}
    told = words.listing(tally(testable, TRUTH, "short_clauses")) or say("opening.none")
    if len(testable) < len(rows):
        opening = say("opening.tested", **given, count=len(testable), told=told)
    else:
        opening = say("opening.all_tested", **given, told=told)
    parts = [words.sentence(opening)]
    return " ".join(filter(None, [*parts, _turning(rows), _fates(rows), _later(subject)]))


def _turning(rows: list[Judged]) -> str:
    """Say what stopped holding first and last."""
    gone = sorted((row for row in rows if row.verdict == "no_longer_holds" and row.since), key=lambda row: row.since)
    if not gone:
        return ""
    first_year, last_year = gone[0].since[:4], gone[-1].since[:4]
    if first_year == last_year:
        return words.sentence(say("opening.stopped", claim=_quoted(gone[0]), year=first_year))
    given = {"first": _quoted(gone[0]), "first_year": first_year, "last": _quoted(gone[-1]), "last_year": last_year}
    return words.sentence(say("opening.first_gone", **given))


def _quoted(row: Judged) -> str:
    return say("opening.quoted", text=row.claim.short.shown)


def _fates(rows: list[Judged]) -> str:
    """Say how the forecasts and recommendations ended, those that came about first."""
    told = []
    for kind, wanted in (("forecast", "occurred"), ("recommendation", "followed")):
        mine = [row for row in rows if row.claim.kind == kind]
        if not mine:
            continue
        met = sum(row.verdict == wanted for row in mine)
        whole = say(f"opening.fates.{kind}.whole", count=len(mine))
        if len(mine) == 1:
            told.append(f"{whole} {clause('clauses', mine[0].verdict, 1)}")
        elif met:
            told.append(say(f"opening.fates.{kind}.some", count=met, whole=whole))
        else:
            told.append(say("opening.fates.none", whole=whole, told=words.listing(tally(mine))))
    return words.sentence(words.listing(told)) if told else ""


def _later(subject: Subject) -> str:
    others = [one for one in subject.assessments if one.id != subject.main.id]
    if not others:
        return ""
    rows = [row for row in subject.ledger.rows if row.assessment.id != subject.main.id]
    held = sum(row.verdict == "holds" for row in rows)
    came = sum(row.verdict in ("came_true", "occurred") for row in rows)
    good = [say("opening.later.held", count=held) if held or not came else "",
            say("opening.later.came", count=came) if came else ""]
    texts = words.capital(say("opening.later.texts", count=len(others)))
    told = words.listing(filter(None, good))
    return words.sentence(say("opening.later.add", count=len(rows), texts=texts, good=told))


def five_rows(subject: Subject, rows: list[Judged]) -> Table:
    """Return the table of the five questions: what was written, how it stands now, the verdicts."""
    columns = [
        {"name": say("heads.question"), "width": 1.3},
        {"name": words.capital(words.day(subject.main.written)), "width": 2.4},
        {"name": say("heads.now"), "width": 2.6},
        {"name": say("heads.verdicts"), "width": 2.2},
    ]
    made = []
    for code in subject.tables.questions:
        mine = [row for row in rows if row.claim.question == code]
        made.append(
            [
                link(subject.question(code), f"#{code}") if mine else subject.question(code),
                subject.main.answer(code) or say("opening.see_claims" if mine else "opening.not_known"),
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
        return say("opening.stand.gone", claim=gone[0].claim.short.shown, since=changed_on(gone[0]))
    for name, verdicts in STANDS.items():
        found = first(rows, *verdicts)
        if found:
            return say(f"opening.stand.{name}", claim=found[0].claim.short.shown)
    return say("opening.stand.open")


def _pills(rows: list[Judged]) -> Text:
    found = [row.verdict for row in rows]
    order = [word for word in vocabulary.VERDICTS if word in found]
    order.sort(key=lambda word: (vocabulary.VERDICTS[word].tone == "mute", -found.count(word)))
    runs = pills((word, found.count(word)) for word in order[:2])
    return [*runs, soft(f"+{sum(found.count(word) for word in order[2:])}")] if len(order) > 2 else runs or "–"


def trio(subject: Subject, rows: list[Judged]) -> Trio:
    """Return the short lists: what held, what changed, what was contradicted at the time, what cannot be told."""
    lists = [
        (say("opening.trio.held"), first(rows, "holds", "came_true", "occurred")),
        (say("opening.trio.changed"), first(rows, "no_longer_holds", "overtaken", "reversed")),
        (say("opening.trio.contradicted"), first(rows, "contradicted_then", "did_not_occur")),
        (say("opening.trio.unsettled"), first(rows, "not_checkable", "no_data", "unresolvable", "contested", "stale")),
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
    return [row.claim.short.shown, soft(f" {evidence}")] if evidence else row.claim.short.shown


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
        told.append(say("opening.outlook.open", count=len(open_), day=words.day(str(open_[0].claim.by))))
    if stale:
        told.append(say("opening.outlook.stale", count=len(stale), claim=_quoted(stale[0])))
    if not told:
        return say("opening.outlook.nothing")
    return say("opening.outlook.told", told=words.listing(told))
