"""Weights as sliders, with charts that follow: for JupyterLab alone, a rendered report shows nothing of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from IPython.display import display

from atlas.blocks import Block, Note
from atlas.options.opening import standings
from atlas.options.subject import Weighed
from atlas.options.trials import tips
from atlas.options.weights import Weighing

MOST = 10
DRAWS = 20_000
"""Draws while a slider moves: an answer in a tenth of a second, with an error of a third of a point."""


def interactive() -> bool:
    """Tell whether somebody sits at the notebook: a Jupyter server names the session of each kernel that it starts."""
    return bool(os.environ.get("JPY_SESSION_NAME"))


def sliders(subject: Weighed) -> list[Any]:
    """Return the sliders with their charts, or nothing where nobody can move them."""
    if not interactive():
        return []
    import ipywidgets as widgets  # in a report nobody needs them

    start = _start(subject)
    bars = [widgets.FloatSlider(value=size, min=0, max=MOST, step=0.5, description=one.short, readout_format=".1f",
                                style={"description_width": "11em"}, layout={"width": "32em"}, continuous_update=False)
            for one, size in zip(subject.criteria, start, strict=True)]
    shown = widgets.Output()

    def follow(_: Any = None) -> None:
        with shown:
            shown.clear_output(wait=True)
            for block in drawn(subject, [bar.value for bar in bars]):
                display(block)

    for bar in bars:
        bar.observe(follow, names="value")
    follow()
    return [widgets.VBox([*bars, shown])]


def _start(subject: Weighed) -> list[float]:
    centre = subject.weighing.centre
    return [round(MOST * float(size) / float(centre.max())) / 2 for size in centre]


def drawn(subject: Weighed, sizes: Sequence[float]) -> list[Block]:
    """Return the charts for weights of one's own, or a word if all of them are nought."""
    if not sum(sizes):
        return [Note(text="Give at least one criterion a weight.")]
    asked = ", ".join(f"{one.id}={size:g}" for one, size in zip(subject.criteria, sizes, strict=True))
    own = replace(subject, weighing=Weighing(len(sizes), tuple(size / sum(sizes) for size in sizes)), asked=asked,
                  draws=min(subject.draws, DRAWS))
    return [*standings(own), *tips(own)]
