"""A draft: a new assessment file, ready to be filled in, with what its author needs beside each field."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml

from atlas import asked, words
from atlas.advice import PLACEHOLDER
from atlas.checks.registry import RULES
from atlas.data import Tables
from atlas.errors import WrongUse
from atlas.model import Question
from atlas.vocabulary import KINDS

SCHEMA = "assessment.schema.json"
WIDTH = 118
_SHOWN = 14
"""How many indicators a draft lists for the interest; the codebook has the others."""


def write(tables: Tables, country: str, interest: str, edition: str, today: date) -> Path:
    """Write the draft of an assessment and return its path.

    Parameters
    ----------
    tables : Tables
    country : str
        ISO 3166-1 alpha-3 code.
    interest : str
        One of the five interests.
    edition : str
        A year, or another short name such as `2026-spring`.
    today : date
        What `written` says until its author changes it.

    Raises
    ------
    WrongUse
        If the file is there already, or the country, interest or edition makes no sense.
    """
    tables.country(country)
    asked.one_of("interest", interest, tables.interests)
    if not edition.replace("-", "").isalnum() or not edition[:4].isdigit():
        raise WrongUse(f"edition {edition!r} is no year; expected one such as 2026 or 2026-spring")
    path = tables.root / "assessments" / f"{country}-{edition}-{interest}.yaml"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write("\n".join(_lines(tables, path.stem, country, interest, edition, today)) + "\n")
    except FileExistsError:
        raise WrongUse(f"data/assessments/{path.name} is there already and is left as it is; "
                       "choose another --edition, or open that file") from None
    return path


def _lines(tables: Tables, name: str, country: str, interest: str, edition: str, today: date) -> Iterator[str]:
    one, official = tables.country(country), tables.interests[interest]["name"]
    yield f"# yaml-language-server: $schema={SCHEMA}"
    yield f"# {one.name}: {official}."
    yield "# Fill in, then run: atlas check. The codebook is ../README.md; the other files here are examples."
    yield from (f"id: {name}", f"country: {country}", f"interest: {interest}", f"edition: {_quoted(edition)}")
    yield f"publisher: {PLACEHOLDER!r}  # the institution whose assessment it is"
    title = f"{words.capital(one.the)} as a partner: {PLACEHOLDER}"
    yield f"title: {_quoted(title)}"
    yield "authors: []"
    yield f"written: {today.isoformat()[:7]}  # YYYY, YYYY-MM or YYYY-MM-DD: the data are read as of that day"
    yield f"source: {PLACEHOLDER!r}  # where the text can be read: an address"
    yield "known: whole  # whole, opening or abstract: how much of the text is known"
    yield "answers: {}  # how the text answers each question, in a few words of yours: {relevance: …, potential: …}"
    yield ""
    yield from _questions(tables, one.the, official)
    yield ""
    yield from _claim_form(name)
    yield ""
    yield from _figures(tables, country, interest)
    yield ""
    yield from _rules(tables, country, interest)
    yield ""
    yield "claims: []"


def _quoted(text: str) -> str:
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=4 * WIDTH).strip()


def _questions(tables: Tables, country: str, interest: str) -> Iterator[str]:
    yield "# The five key questions, as the Partner-Atlas asks them; `question:` takes the first word."
    for code, entry in tables.questions.items():
        yield from _comment(f"{code}: {entry['question'].format(country=country, interest=interest)}")


def _claim_form(name: str) -> Iterator[str]:
    kinds = "; ".join(f"{word} ({meaning})" for word, meaning in KINDS.items())
    asked = ", ".join(Question.__args__)  # type: ignore[attr-defined]
    form = [
        "- id: " + name + "-R01",
        f"  question: relevance        # {asked}",
        "  kind: fact                 # see below",
        "  statement: One sentence in your own words that asserts one thing.",
        "  short: at most five words  # stands on the first page",
        "  locator: relevance, paragraph 1",
        "  half_life: slow            # structural 10 years, slow 3, fast 1, event: how soon it may change",
        "  key: true                  # whether the text stands or falls with it",
        "  topic: a-word-or-two       # the same word in every text that speaks of the matter",
        "  check: {rule: …}           # or not_checkable: why nobody could, or no_data: why the tables cannot",
        "  rival: Another reading of the same matter, or {text: …, check: {…}}",
    ]
    yield "# A claim, to be copied under `claims:` (then remove the square brackets there):"
    yield from (f"#   {line}" for line in form)
    yield from _comment(f"Kinds: {kinds}.")
    yield from _comment("A forecast or recommendation has `outcomes` and `by` (a deadline) in place of `check`: "
                        "outcomes: [{verdict: occurred, when: {rule: …}}], or `unresolvable` with the reason.")


def _figures(tables: Tables, country: str, interest: str) -> Iterator[str]:
    yield "# Figures for this country, with the newest value; data/README.md defines each and lists all others."
    for indicator, partner in suited(tables, country, interest):
        value = tables.values_by(indicator, country, partner, tables.newest)[0]
        one = tables.indicator(indicator)
        shown = words.estimate(value.value, one.unit, one.digits).replace(words.NBSP, " ")
        beside = f" (partner: {partner})" if partner else ""
        yield f"#   {indicator}{beside}: {shown}, {value.period}"


def suited(tables: Tables, country: str, interest: str) -> list[tuple[str, str]]:
    """Return the indicators, with partner, that an author would look at first, as far as there are figures."""
    card = [(entry["indicator"], entry.get("partner", "")) for entry in tables.cards[interest]]
    groups = {tables.indicator(name).group for name, _ in card}
    others = [(name, "") for name, one in tables.indicators.items() if one.group in groups]
    return [pair for pair in dict.fromkeys([*card, *others])
            if tables.values_by(pair[0], country, pair[1], tables.newest)][:_SHOWN]


def _rules(tables: Tables, country: str, interest: str) -> Iterator[str]:
    yield "# Rules for `check:`. A claim on a named year gets `period: 2025`, and `fixed: true` if it alone counts."
    for name, text in examples(tables, country, interest).items():
        yield f"#   {{rule: {name}, {text}}}"
        yield from _comment(str(inspect.getdoc(RULES[name])).partition("\n")[0], "#       ")


def examples(tables: Tables, country: str, interest: str) -> dict[str, str]:
    """Return one check a rule that would be accepted for this country, as YAML without the rule's name."""
    figures = suited(tables, country, interest) or [(next(iter(tables.indicators)), "")]
    indicator = figures[0][0]
    value = next((one.value for one in tables.values_by(indicator, country, figures[0][1], tables.newest)), 1.0)
    other = figures[min(1, len(figures) - 1)][0]
    amount = f"{value:.4g}" if abs(value) < 1e4 else f"{value:.0f}"
    event = next((key for key, one in tables.events.items() if country in one.countries), next(iter(tables.events), ""))
    bodies = [one.name for one in tables.memberships if one.iso3 == country] or sorted(tables.organisations)
    instruments = [one.name for one in tables.status if one.iso3 == country] or sorted(tables.instruments)
    named = {
        "indicator": indicator, "value": amount, "low": f"{value * 0.8:.4g}", "high": f"{value * 1.2:.4g}",
        "among": "region", "of": "[DEU]", "ratio": "1", "rank": "1", "by": "10", "to": "DEU", "than": "RUS",
        "table": "neighbours", "organisation": next(iter(bodies), ""),
        "instrument": _quoted(next(iter(instruments), "")), "event": event,
    }
    special = {"rank_among_parts": {"among": f"[{other}]"}, "count_is": {"value": "1"}, "share_of": {}}
    return {name: ", ".join(f"{key}: {({**named, **special.get(name, {})})[key]}" for key in _needed(name))
            for name in RULES}


def _needed(rule: str) -> list[str]:
    return [name for name, one in inspect.signature(RULES[rule]).parameters.items()
            if name != "at" and one.default is inspect.Parameter.empty]


def _comment(text: str, lead: str = "#   ") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=lead, subsequent_indent=lead + "  ")
