"""The first page: what is weighed, how often each option comes first, and how much of it is made up."""

from __future__ import annotations

from atlas import __version__, charts, words
from atlas.blocks import Block, Masthead, Note, Prose, Stamp, Table, Text, soft, strong
from atlas.options.subject import Weighed
from atlas.options.wording import grounds, often


def masthead(subject: Weighed) -> list[Block]:
    """Return the stamp and the head of the report."""
    country, text = subject.country, subject.assessment
    authors = f" ({words.listing(text.authors)})" if text.authors else ""
    error = words.percent(subject.result.error, 1)
    lines: list[tuple[str, Text]] = [
        ("Text", f"{text.publisher}, {words.day(text.written)}{authors}"),
        ("Horizon", subject.file.horizon),
        ("Weights", subject.weights_said),
        ("Scenario", subject.scenario_said),
        ("Draws", f"{subject.result.draws:,}, seed {subject.seed}; standard error of a share at most {error}"),
    ]
    return [
        Stamp(fields={"title": f"{country.name}: policy options", "language": "en", "country": country.name,
                      "data_as_of": subject.tables.newest.isoformat(), "version": __version__}),
        Masthead(country=country.name, subtitle=subject.file.title, lines=lines,
                 kicker_left="Living Partner Atlas · Policy options", kicker_right=f"File {subject.file.id}"),
        *warning(subject),
    ]


def warning(subject: Weighed) -> list[Block]:
    """Say loudly how many cells are made up; nothing if none is."""
    panel = subject.count("panel")
    if not panel:
        return []
    return [Note(tone="warn", text=[strong(f"{panel} of {subject.size} cells are a made-up example. "),
                                    subject.file.panel])]


def in_brief(subject: Weighed) -> list[Block]:
    """Return the bottom line: shares of first places, what they are not, and how sure the table is."""
    first, order = subject.result.first, subject.order
    told = [i for i in order if first[i] >= 0.005]
    rest = [subject.options[i].name for i in order if first[i] < 0.005]
    shares = words.listing([f"in {words.percent(first[i])} of the draws {subject.name(i)} comes first" if k == 0 else
                            f"in {words.percent(first[i])} {subject.name(i)}" for k, i in enumerate(told)])
    come = "comes" if len(rest) == 1 else "come"
    never = f" {words.capital(words.listing(map(words.inside, rest)))} hardly ever {come} first." if rest else ""
    opening = ("One option comes first whatever the weights" if len(told) == 1
               else "No option comes first for everybody")
    if subject.weighing.point:
        said = (f"With these weights only the scores are open: {shares}.{never} A share counts what the ranges allow; "
                "it is no probability that an option is right.")
    else:
        said = (f"{opening}. Of all the ways of weighing that are allowed here, {shares}.{never} A share counts ways "
                "of caring; it is no probability that an option is right.")
    lead = order[0]
    made = sum(cell.origin == "panel" for (i, _), cell in subject.cells.items() if i == lead)
    if made:
        absent = "" if subject.options[lead].in_text else " is not in the text, and it"
        said += (f" Mind that {subject.name(lead)}{absent} owes {words.count(made)} of its "
                 f"{words.count(len(subject.criteria))} cells to the panel.")
    sure = (f"Confidence in the table behind it: {grounds(subject.count('panel'), subject.size)}. "
            f"{words.capital(words.count(subject.count('text')))} of {subject.size} cells come from the text, "
            f"{words.count(subject.count('source'))} from other sources and {words.count(subject.count('panel'))} from "
            "a panel that is made up.")
    return [Prose(paragraphs=[said, sure], lead=True)]


def standings(subject: Weighed) -> list[Block]:
    """Return the chart of places."""
    first, order = subject.result.first, subject.order
    a, b = order[:2]
    close = abs(first[a] - first[b]) < 0.1
    lead = words.capital(subject.options[a].short)
    title = (f"{lead} and {subject.options[b].short} share most first places" if close else
             f"{lead} comes first {often(first[a])}, in {words.percent(first[a])} of the draws")
    caption = subject.caption(title, "Share of draws in which an option takes each place", "places", "% of draws",
                              note=f"Weights: {subject.weights_said}. Scenario: {subject.scenario_said}.")
    ranked = subject.frame(subject.result.ranks).iloc[order]
    return [charts.standings(ranked, caption)]


def options(subject: Weighed) -> list[Block]:
    """Return the options with the best case for each and the strongest objection, in the order of the file."""
    rows: list[list[Text]] = [
        [[strong(one.name), *([] if one.in_text else [soft(" not in the text")]),
          *([soft(f" {one.locator}")] if one.locator else [])], one.what, one.pro, one.contra]
        for one in subject.options]
    columns = [{"name": "Option", "width": 1.5}, {"name": "What is done", "width": 2.6},
               {"name": "The case for it", "width": 2.4}, {"name": "The case against it", "width": 2.4}]
    return [Table(caption="The options", columns=columns, rows=rows, compact=True)]


def criteria(subject: Weighed) -> list[Block]:
    """Return the criteria with the sense of better and the fact that would tell."""
    rows: list[list[Text]] = [[one.name, one.better, one.watch] for one in subject.criteria]
    columns = [{"name": "Criterion", "width": 2.2}, {"name": "Better means", "width": 1.6},
               {"name": "What would tell", "width": 3}]
    note = f"A score counts over the horizon: {subject.file.horizon}."
    return [Table(caption=f"The {words.count(len(rows))} criteria", columns=columns, rows=rows, compact=True,
                  note=note)]
