"""A bad chart to be repaired, and the checks on the repair and on its alt text."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

from IPython.display import Image
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from atlas.classroom.answers import Again
from atlas.classroom.specimen import SPAN, Specimen

DOWN = r"\b(fell|falls?|fallen|falling|declin\w+|shr[aiu]nk\w*|decreas\w+|lost|loses|fewer|drop\w*|down)\b"
UP = r"\b(rose|rises?|risen|rising|grew|grows?|grown|growing|increas\w+|gained|gains|more|up)\b"
LONGEST = 300
"""Characters that an alt text may have."""


def data(specimen: Specimen) -> tuple[list[int], list[float]]:
    """Return the years and the millions of people that are drawn."""
    years = [year for year in sorted(specimen.counts) if year >= specimen.newest - SPAN]
    return years, [specimen.counts[year] / 1e6 for year in years]


def bad(specimen: Specimen) -> Image:
    """Draw what must be repaired: a cut axis, no unit, no source, a shout for a title, colours without meaning."""
    years, values = data(specimen)
    figure, axes = _canvas()
    axes.bar(years, values, color=colormaps["rainbow"]([one / len(years) for one in range(len(years))]))
    low, high = min(values), max(values)
    axes.set_ylim(low - 0.05 * (high - low), high)
    axes.set_title("POPULATION!!!")
    axes.set_yticks([])
    return image(figure, f"A bad chart of the population of {specimen.the}, to be repaired in this exercise")


def _canvas() -> tuple[Figure, Axes]:
    figure = Figure(figsize=(7, 3.4), layout="constrained")
    return figure, figure.subplots()


def image(figure: Figure, alt: str = "The chart as your function draws it") -> Image:
    """Return a figure as a picture for a notebook."""
    kept = io.BytesIO()
    figure.savefig(kept, format="png", dpi=100)
    return Image(data=kept.getvalue(), alt=alt, width=700)


def by_student(function: Callable[..., Any], specimen: Specimen) -> Figure:
    """Let a student's function draw on fresh axes."""
    figure, axes = _canvas()
    try:
        function(axes, *data(specimen))
    except Exception as error:
        raise Again(f"Your function stops with {type(error).__name__} ({error}) while it draws.") from None
    return figure


def judge(function: Callable[..., Any], specimen: Specimen) -> str:
    """Check what was drawn: the axis, the unit, the title, the source, the colours."""
    figure = by_student(function, specimen)
    axes = figure.axes[0]
    if not axes.patches and not axes.lines:
        raise Again("Nothing is drawn yet: draw the years and values as bars or as a line first.")
    if axes.patches and min(axes.get_ylim()) > 0:
        raise Again("The bars do not start at nought. A bar shows a size by its length: what does cutting it do to "
                    "the eye?")
    if not re.search(r"million|people|persons|inhabitants", axes.get_ylabel(), re.I) or not axes.get_yticks().size:
        raise Again("A stranger cannot tell what the height counts. Where does the reader find the unit?")
    _title(" ".join(axes.get_title(side) for side in ("left", "center", "right")).strip(), specimen)
    written = " ".join(text.get_text() for text in (*axes.texts, *figure.texts)) + axes.get_xlabel()
    if not re.search(r"source|world bank|UN\b", written, re.I):
        raise Again("The chart does not say where its figures come from. The data come from the World Bank: where "
                    "would you note it?")
    colours = {to_hex(patch.get_facecolor()) for patch in axes.patches}
    if len(colours) > 2:
        raise Again("There are more colours than things to tell apart. What does each of them mean?")
    return "The chart says what it shows, in what unit, and from where."


def _title(title: str, specimen: Specimen) -> None:
    if specimen.name.casefold() not in title.casefold():
        raise Again("The title does not name the country. A chart travels without its page: would a stranger know "
                    "whose it is?")
    if re.search(UP if specimen.shrank else DOWN, title, re.I):
        raise Again("The title says the opposite of the figures. Compare the first value with the last.")
    if not re.search(DOWN if specimen.shrank else UP, title, re.I):
        raise Again("The title names the topic and not the finding. What happened between the first year and the "
                    "last? Use a verb.")
    if title.isupper() or "!" in title:
        raise Again("The title shouts. The finding is loud enough.")


def judge_alt(text: str, specimen: Specimen) -> str:
    """Check an alt text: length, whom, when, the finding, and numbers that are in the chart."""
    years, values = data(specimen)
    if len(text) > LONGEST:
        raise Again(f"The text has {len(text)} characters; a screen reader reads all of them. Keep to {LONGEST}.")
    if specimen.name.casefold() not in text.casefold():
        raise Again("Somebody who hears this does not know which country it is about.")
    if not re.search(r"\b(bar|bars|column|columns|line)\b", text, re.I):
        raise Again("Say in one word what kind of chart it is, so that the listener knows what is being described.")
    if str(years[0]) not in text or str(years[-1]) not in text:
        raise Again("Say from which year to which year: a change without its time is no finding.")
    right, wrong = (DOWN, UP) if specimen.shrank else (UP, DOWN)
    if re.search(wrong, text, re.I) or not re.search(right, text, re.I):
        raise Again("The listener does not learn which way it went, or learns the wrong way. What would you see at a "
                    "glance?")
    found = map(float, re.findall(r"\d+(?:\.\d+)?", text.replace(",", "")))
    numbers = [number for number in found if number not in years]
    ends = (values[0], values[-1])
    if not all(any(abs(number - end) <= 0.06 + 0.005 * end for number in numbers) for end in ends):
        raise Again("Give the first and the last value, in millions, as the chart has them: at a glance means with "
                    "both ends.")
    return "Whoever cannot see the chart now knows what the others see."
