"""What the order hangs on: tipping points, scenarios with regret, other methods, other options, other readings."""

from __future__ import annotations

import numpy as np
import pandas as pd

from atlas import charts, words
from atlas.blocks import Block, Prose, Table, Text
from atlas.options import consequences, regret, robust, smaa, tipping
from atlas.options.model import BEST, WORST
from atlas.options.subject import Array, Weighed

SAMPLE = 200
"""Draws in which other methods are compared; each takes about a millisecond."""
WORSE = 0.25
"""By how much the copy that is added is worse than the option it copies, under every criterion."""


def tips(subject: Weighed) -> list[Block]:
    """Return the strips of leads and the nearest changes in words."""
    middle, centre = subject.middle, subject.weighing.centre
    rows, found = [], []
    for j, criterion in enumerate(subject.criteria):
        parts = tipping.stretches(middle, centre, j)
        rows += [{"criterion": criterion.short, "option": subject.shorts[part.option], "start": part.start,
                  "end": part.end, "weight": float(centre[j])} for part in parts]
        found.append((criterion.short, tipping.tip(parts, float(centre[j]))))
    leader = subject.shorts[found[0][1].leader]
    near = sorted((one for one in found if one[1].distance < 1), key=lambda one: one[1].distance)
    title = (f"{words.capital(near[0][0])} tips the lead soonest, at a weight of "
             f"{words.percent(_nearest(near[0][1])[0])}"
             if near else f"No single weight takes the lead from {leader}")
    caption = subject.caption(title, "Which option leads as one weight runs from nothing to everything", "tipping",
                              note="The mark is the weight in use, the mean of all that are allowed; the others keep "
                                   "their proportions. Scores are the middles of their ranges.")
    drawn = charts.leads(pd.DataFrame(rows), caption, options=[subject.shorts[i] for i in
                                                               np.argsort(-(middle @ centre), kind="stable")])
    said = [f"Under the mean of the allowed weights and with every score in the middle of its range, {leader} leads."]
    said += [_tip(subject, name, one) for name, one in near[:4]]
    still = [name for name, one in found if one.distance >= 1]
    if still:
        said.append(f"No weight of {words.listing(still, 'or')} changes the lead by itself.")
    return [Prose(paragraphs=[" ".join(said)]), drawn]


def _nearest(one: tipping.Tip) -> tuple[float, int]:
    return min((side for side in (one.below, one.above) if side), key=lambda side: abs(side[0] - one.weight))


def _tip(subject: Weighed, name: str, one: tipping.Tip) -> str:
    at, leader = _nearest(one)
    way = "down" if at < one.weight else "up"
    return (f"{words.capital(name)} {way} from {words.percent(one.weight)} to {words.percent(at)} of all weight puts "
            f"{subject.shorts[leader]} ahead.")


def regrets(subject: Weighed) -> list[Block]:
    """Return regret by scenario, in words and as a grid."""
    scenarios = subject.file.scenarios
    if len(scenarios) < 2:
        return [Prose(paragraphs=["The file knows one scenario only, so there is nothing to regret."])]
    low, high = subject.shifted(subject.bounds, scenarios)
    worth = ((low + high) / 2 @ subject.weighing.centre).T
    lost = regret.regrets(worth)
    table = pd.DataFrame(lost, index=subject.shorts, columns=[one.name for one in scenarios])
    table["largest"] = lost.max(axis=1)
    least = words.listing((subject.shorts[i] for i in regret.least(worth)), "or")
    first = {one.name: subject.run(subject.bounds, [one], subject.weighing, subject.side).first for one in scenarios}
    leads = "; ".join(f"{name}: {words.listing(_shares(subject, shares))}" for name, shares in first.items())
    about = " ".join(f"{one.name}: {words.sentence(words.inside(one.what))}" for one in scenarios)
    said = (f"First places by scenario, in per cent of the draws. {leads}. Whoever cannot tell which scenario will "
            f"come and wants to limit the loss would look at the last column: there it is smallest for {least}. Regret "
            "knows nothing of how likely a scenario is.")
    ordered = np.argsort(lost.max(axis=1), kind="stable")
    one, other = (subject.shorts[int(i)] for i in ordered[:2])
    close = abs(float(np.diff(lost.max(axis=1)[ordered[:2]])[0])) < 0.1
    title = (f"Regret hardly tells {one} from {other}, but it tells both from the rest" if close else
             f"The largest regret is smallest for {one}")
    caption = subject.caption(title,
                              "Regret: points of score lost against the option that is best in the scenario", "regret",
                              digits=2, note="Weights: the mean of all that are allowed; scores: the middles of their "
                                             "ranges.")
    return [Prose(paragraphs=[about, said]),
            charts.grid(table, caption, down="option", across="regret in each scenario", marked="largest")]


def _shares(subject: Weighed, first: Array) -> list[str]:
    order = np.argsort(-first, kind="stable")[:3]
    return [f"{subject.shorts[int(i)]} {words.percent(first[int(i)])}" for i in order if first[int(i)] >= 0.01]


def methods(subject: Weighed) -> list[Block]:
    """Return the places of the options by three methods, and whether removing or adding an option turns pairs."""
    middle, centre = subject.middle, subject.weighing.centre
    ranked = {name: robust.places(method(middle, centre)) for name, method in robust.METHODS.items()}
    rows: list[list[Text]] = [[subject.options[i].name, *(str(places[i]) for places in ranked.values())]
                              for i in np.argsort(ranked["Weighted mean"], kind="stable")]
    columns = [{"name": "Option", "width": 2.4}, *({"name": name, "align": "right", "width": 1.2} for name in ranked)]
    note = ("Scores in the middle of their ranges, the mean of the allowed weights. TOPSIS and PROMETHEE II by the "
            "library pymcdm; PROMETHEE with the usual preference function.")
    orders = {tuple(places) for places in ranked.values()}
    leaders = {int(np.argmin(places)) for places in ranked.values()}
    same = ("All three methods give the same order." if len(orders) == 1 else
            "The three methods agree on the first place and differ further down." if len(leaders) == 1 else
            "The methods do not agree on the first place, so it should not carry a decision.")
    return [Prose(paragraphs=[f"{same} {_agreement(subject)}", " ".join(_turns(subject))]),
            Table(caption="Places by method", columns=columns, rows=rows, compact=True, note=note)]


def _agreement(subject: Weighed) -> str:
    rng = np.random.default_rng(subject.seed)
    low, high = subject.shifted(subject.bounds, subject.scenarios)
    scores, by = smaa.between(low, high)(rng, SAMPLE), subject.weighing.draw(rng, SAMPLE)
    shares = words.listing(f"{name} in {words.percent(robust.agreement(method, scores, by))}"
                           for name, method in robust.METHODS.items() if name != "Weighted mean")
    return (f"With weights and scores drawn anew {SAMPLE} times, the same option as by the weighted mean comes first "
            f"by {shares}, give or take {50 / SAMPLE**0.5:.0f} points by chance.")


def _turns(subject: Weighed) -> list[str]:
    """Say which pairs change sides when an option goes or a worse copy of one comes."""
    middle, centre = subject.middle, subject.weighing.centre
    every = range(len(subject.options))
    worst = int(np.argmax(middle @ centre))
    grown = np.vstack([middle, np.clip(middle[worst] - WORSE, WORST, BEST)])
    said = ["By the weighted mean no pair can change sides when an option is removed or added: each is judged by "
            "itself."]
    for name, method in robust.METHODS.items():
        if name == "Weighted mean":
            continue
        gone = {pair: i for i in every
                for pair in robust.reversals(method, middle, centre, [k for k in every if k != i])}
        come = robust.reversals(method, grown, centre, list(every))
        added = f"{words.count(len(come)) if come else 'none'} {'does' if len(come) < 2 else 'do'}"
        said.append(f"By {name} {_pairs(subject, gone)} when an option is removed, and {added} when a slightly worse "
                    f"copy of {subject.shorts[worst]} is added.")
    return said


def _pairs(subject: Weighed, gone: dict[tuple[int, int], int]) -> str:
    if not gone:
        return "no pair changes sides"
    (a, b), removed = next(iter(gone.items()))
    example = (f"{subject.shorts[a]} and {subject.shorts[b]} without {subject.shorts[removed]}")
    return f"{words.count(len(gone), 'pair')} {'changes' if len(gone) == 1 else 'change'} sides (such as {example})"


def readings(subject: Weighed) -> list[Block]:
    """Return first places when the cells are read otherwise, or only some options are compared."""
    own = [i for i, one in enumerate(subject.options) if one.in_text]
    variants: list[tuple[str, tuple[Array, Array], list[int] | None]] = [("as coded", subject.bounds, None)]
    if any(cell.direction in ("may help", "may harm") for cell in subject.cells.values()):
        variants.append(("the possible read as sure", consequences.certain(subject), None))
    variants.append(("effects in the text halved", consequences.halved(subject), None))
    if subject.count("panel"):
        variants.append(("panel cells left open", consequences.unknown(subject), None))
    if 1 < len(own) < len(subject.options):
        variants.append(("options of the text only", subject.bounds, own))
    rows, leaders = {}, set()
    for name, bounds, kept in variants:
        where = list(range(len(subject.options))) if kept is None else kept
        shares = subject.run(bounds, subject.scenarios, subject.weighing, subject.side, where).first
        leaders.add(where[int(np.argmax(shares))])
        rows[name] = pd.Series(100 * shares, index=[subject.shorts[i] for i in where])
    said = ("The lead stays with the same option in every row." if len(leaders) == 1 else
            f"The lead changes hands between {words.listing(subject.shorts[i] for i in sorted(leaders))}, although the "
            "weights are the same in every row: how a text is read matters as much as what one cares about.")
    caption = subject.caption("One and the same table, read in other ways" if len(leaders) == 1 else
                              "The lead changes hands when the same text is read in another way",
                              "Share of first places by reading of the cells", "readings", "% of draws")
    table = pd.DataFrame(rows).T.reindex(columns=subject.shorts)
    return [Prose(paragraphs=[said]), charts.grid(table, caption, down="reading", across="comes first")]
