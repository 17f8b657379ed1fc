"""The atlas as a whole: what the claims of all countries show together, with how sure that is and where it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from atlas import charts, survey, vocabulary, words
from atlas.blocks import Block, Note, Prose, Table, Text, strong
from atlas.charts import Caption
from atlas.data import Tables
from atlas.survey import Share
from atlas.verdicts import Judged

SOURCE = "the verdicts of all claims on file, computed from the sources of each report"
SUBJECTS = {"military": "military and conflict", "migration": "migration and asylum", "energy": "energy and climate",
            "trade": "trade", "economy": "economy and people", "values": "democracy, law and votes"}


@dataclass(frozen=True)
class Whole:
    """All claims on file, judged, with the tables that their rules read."""

    rows: Sequence[Judged]
    tables: Tables

    @property
    def chapters(self) -> list[Judged]:
        """The claims of chapters on one of the five interests."""
        return [row for row in self.rows if row.assessment.interest]

    @cached_property
    def by_interest(self) -> list[Share]:
        """How many claims of the chapters on each interest have turned, of those that could have."""
        found = survey.by(survey.at_risk(self.chapters), survey.interest, survey.turned)
        return [replace(one, name=self.tables.interests[one.name]["short"].lower()) for one in found]

    @cached_property
    def by_form(self) -> list[Share]:
        """How many claims of each form have turned, of those that could have."""
        return survey.by(survey.at_risk(self.rows), survey.form, survey.turned)

    @cached_property
    def by_subject(self) -> list[Share]:
        """How many claims on each subject hold today, of those that were tested."""
        found = survey.by(survey.tested(self.rows), survey.subject_of(self.tables), survey.bears_out)
        return [replace(one, name=SUBJECTS.get(one.name, one.name)) for one in found]


def findings(whole: Whole) -> list[Block]:
    """Return what can be said of all claims together: what was tested, what aged, what kind of claim lasts."""
    if not whole.rows:
        return [Note("No assessment is on file, so there is nothing to be read as a whole.")]
    return [Prose([_base(whole.rows)]), *_aged(whole), *_lasting(whole), *_subjects(whole)]


def summary(whole: Whole) -> list[str]:
    """Return the findings as one sentence each, for a page that has room for no more."""
    found = (worst(whole.by_interest), forms(whole.by_form), subject(whole.by_subject))
    return [sentence for _, sentence in found if sentence]


def _base(rows: Sequence[Judged]) -> str:
    countries = len({row.assessment.country for row in rows})
    texts = len({row.assessment.id for row in rows})
    counts = Counter(row.verdict for row in rows)
    tested = len(survey.tested(rows))
    return (f"{words.capital(words.count(texts, 'text'))} on {words.count(countries, 'country', 'countries')} make "
            f"{words.count(len(rows), 'claim')}. The data could speak on {tested} of them "
            f"({_percent(tested, len(rows))}): {words.listing(_told(counts, survey.TESTED))}. Of the others "
            f"{words.listing(_told(counts, [word for word in vocabulary.VERDICTS if word not in survey.TESTED]))}. "
            "Every share below is one of claims that could be tested, never of all.")


_CLAUSES = {"holds": "hold", "no_longer_holds": "no longer hold", "contradicted_then": "were contradicted at the time",
            "came_true": "came true later", "contested": "are contested", "stale": "have no newer figure",
            "overtaken": "were overtaken", "no_data": "lack data", "not_checkable": "nobody can check",
            "occurred": "were forecasts that occurred", "did_not_occur": "were forecasts that did not",
            "pending": "are pending", "unresolvable": "cannot be resolved", "followed": "were advice that was followed",
            "partly_followed": "advice followed in part", "not_followed": "advice not followed",
            "reversed": "advice reversed"}


def _told(counts: Counter[str], verdicts: Sequence[str]) -> list[str]:
    return [f"{counts[word]} {_CLAUSES[word]}" for word in verdicts if counts[word]]


def _percent(count: int, of: int) -> str:
    return words.amount(100 * count / of, "%", 0)


def _aged(whole: Whole) -> list[Block]:
    heading, sentence = worst(whole.by_interest)
    return _shown(heading, sentence, whole.by_interest, "Claims that the newest data contradict", "whole-interests",
                  "claims of chapters that were supported when written and could have changed since")


def _lasting(whole: Whole) -> list[Block]:
    heading, sentence = forms(whole.by_form)
    return _shown(heading, sentence, whole.by_form, "Claims that the newest data contradict", "whole-forms",
                  "all claims that were supported when written and could have changed since")


def _subjects(whole: Whole) -> list[Block]:
    heading, sentence = subject(whole.by_subject)
    return _shown(heading, sentence, whole.by_subject, "Claims that hold today", "whole-subjects",
                  "claims that were tested against a figure")


def _shown(heading: str, sentence: str, found: Sequence[Share], measure: str, name: str, scope: str) -> list[Block]:
    if not sentence:
        return []
    table = pd.DataFrame([{"label": words.capital(one.name), "count": one.count, "of": one.of, "share": one.percent,
                           "low": one.low, "high": one.high, "least": one.least, "most": one.most} for one in found])
    caption = Caption(heading, measure, "%", 0, f"Source: {SOURCE}", name, scope=scope)
    return [charts.shares(table, caption), Prose([sentence])]


def worst(found: Sequence[Share]) -> tuple[str, str]:
    """Say in which interest's chapters most claims have turned, and whether that is more than chance."""
    if len(found) < 2:
        return "", ""
    first, last = found[0], found[-1]
    heading = _heading(f"Chapters on {first.name} aged worst, those on {last.name} least", first, last)
    return heading, (
        f"Of {first.of} claims in chapters on {first.name} that the data of their time supported and that could have "
        f"changed, {first.count} are contradicted by the newest data ({_span(first)}); on {last.name} "
        f"{words.count(last.count)} of {last.of} ({_span(last)}). {_order(first, last)} {_alone(first)}")


def forms(found: Sequence[Share]) -> tuple[str, str]:
    """Say which kind of statement turns most often."""
    if len(found) < 2:
        return "", ""
    first, last = found[0], found[-1]
    text = f"Statements of {_plural(first.name)} turned most often, of {_plural(last.name)} least"
    return _heading(text, first, last), (
        f"What a claim asserts {'matters too' if first.apart(last) else 'tells less'}: of {first.of} claims on a "
        f"{first.name} {first.count} have turned ({_span(first)}), of {last.of} on a {last.name} "
        f"{words.count(last.count)} ({_span(last)}). {_order(first, last)} {_alone(first)}")


def subject(found: Sequence[Share]) -> tuple[str, str]:
    """Say how often claims on a subject hold today."""
    if len(found) < 2:
        return "", ""
    first, last = found[0], found[-1]
    heading = _heading(f"Claims on {first.name} hold most often, claims on {last.name} least", first, last)
    return heading, (
        f"Counted by what they speak of, {first.count} of {first.of} tested claims on {first.name} hold today "
        f"({_span(first)}), against {words.count(last.count)} of {last.of} on {last.name} ({_span(last)}). "
        f"{_order(first, last)} {_alone(last)}")


def _plural(form: str) -> str:
    return {"superlative or rank": "superlatives and ranks", "trend": "trends", "comparison": "comparisons",
            "membership, treaty or event": "memberships, treaties and events",
            "level or share": "levels and shares"}.get(form, form)


def _span(one: Share) -> str:
    return (f"{words.amount(one.percent, '%', 0)}, 95{words.NBSP}% interval {one.low:.0f} to "
            f"{words.amount(one.high, '%', 0)}")


def _heading(text: str, one: Share, other: Share) -> str:
    return text if one.apart(other) else f"{text}; the order is not certain"


def _order(one: Share, other: Share) -> str:
    if one.apart(other):
        return "The two intervals do not touch, so the order is unlikely to be chance."
    return "The intervals overlap, so the order of the two may be chance."


def _alone(one: Share) -> str:
    if one.countries < 2:
        return "It rests on a single country."
    return (f"Without any one of the {words.count(one.countries, 'country', 'countries')} behind it the first share "
            f"lies between {one.least:.0f} and {words.amount(one.most, '%', 0)}.")


def limits(whole: Whole) -> list[Block]:
    """Return what the counts do not show, and how much of the atlas they rest on."""
    if not whole.rows:
        return []
    known = Counter(row.assessment.known for row in whole.rows)
    part = len(whole.rows) - known["whole"]
    heavy, most = Counter(row.assessment.country for row in whole.rows).most_common(1)[0]
    coded = len(survey.tested(whole.rows))
    rows: list[list[Text]] = [
        [strong("Chapters known in part"),
         f"{part} of {len(whole.rows)} claims come from texts of which only the opening or an abstract is known. "
         "Openings describe; forecasts and advice, which age otherwise, stand further back."],
        [strong("Uneven weight"),
         f"{most} claims are on {whole.tables.country(heavy).the}. The range without any one country shows how much a "
         "share rests on it."],
        [strong("What could be tested"),
         f"Only {_percent(coded, len(whole.rows))} of the claims could. Those that nobody can check may be the ones "
         "that matter."],
        [strong("Not a sample"),
         "The countries were chosen by their publisher, and claims of one text depend on each other, so the intervals "
         "are rather too narrow."],
        [strong("Repeats and extremes"),
         "A later layer often says again what an earlier one said, and counts again. The two groups compared are those "
         "furthest apart of several, which makes a difference look larger than it is."],
        [strong("No grade"),
         "A claim that turned was supported when it was written. Wars and coups turn many claims at once; an author "
         "could not know of them."],
    ]
    return [Table(caption=None, columns=[{"name": "Limit", "width": 1.2}, {"name": "Why", "width": 4}], rows=rows)]
