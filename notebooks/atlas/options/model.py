"""What an options file holds: options, criteria, cells with their origin, scenarios and sets of weights."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from atlas.model import Iso3, PartialDate

Origin = Literal["text", "source", "panel"]
Direction = Literal["much better", "better", "may help", "little", "unclear", "may harm", "worse", "much worse"]
WORST, BEST = -2.0, 2.0
"""The ends of the scale: much worse and much better for the stated aim than no change of course."""
DIRECTIONS: dict[str, tuple[float, float]] = {
    "much better": (1, BEST), "better": (0, BEST), "may help": (-0.5, 1.5), "little": (-0.5, 0.5),
    "unclear": (WORST, BEST), "may harm": (-1.5, 0.5), "worse": (WORST, 0), "much worse": (WORST, -1)}
"""What a direction allows. A text that states an effect and no size allows every size on its side; one that calls an
effect possible (it can, it may) allows that it fails too."""
Score = Annotated[float, Field(ge=WORST, le=BEST)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Page(_Strict):
    """A public page that cells rest on."""

    id: str
    publisher: str
    title: str
    url: Annotated[str, Field(min_length=8)]
    date: PartialDate


class Option(_Strict):
    """One course of action, with the best case for it and the strongest objection."""

    id: str
    name: str
    short: Annotated[str, Field(max_length=18)]
    what: str
    pro: str
    contra: str
    in_text: bool = True
    locator: str = ""


class Criterion(_Strict):
    """What options are compared by: which way is better, and which fact would tell."""

    id: str
    name: str
    short: Annotated[str, Field(max_length=24)]
    better: str
    watch: str


class Evidence(_Strict):
    """Where a statement comes from."""

    origin: Origin
    why: str
    locator: str = ""
    events: list[str] = []
    indicators: list[str] = []
    pages: list[str] = []

    @model_validator(mode="after")
    def _grounds(self) -> Evidence:
        """Ask of each origin what only it can give."""
        cited = bool(self.events or self.indicators or self.pages)
        if self.origin == "text" and not self.locator:
            raise ValueError("a cell from the text needs its place there: locator: paragraph 2")
        if self.origin == "source" and not cited:
            raise ValueError("a cell from a source needs one: events, indicators or pages")
        if self.origin == "panel" and (cited or self.locator):
            raise ValueError("a cell of the panel cites nothing; with a citation its origin is source or text")
        return self


class Cell(Evidence):
    """What one option does to one criterion: a direction, or a range on the scale."""

    option: str
    criterion: str
    direction: Direction | None = None
    range: tuple[Score, Score] | None = None

    @model_validator(mode="after")
    def _one_size(self) -> Cell:
        if (self.direction is None) == (self.range is None):
            raise ValueError("needs exactly one of direction and range")
        if self.range and self.range[0] > self.range[1]:
            raise ValueError(f"range runs backwards: {self.range[0]:g} to {self.range[1]:g}")
        return self

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest score that the cell allows."""
        return self.range or DIRECTIONS[str(self.direction)]


class Shift(Evidence):
    """By how much a scenario moves the cells of some options."""

    options: list[str]
    criterion: str
    by: Annotated[float, Field(ge=WORST, le=BEST)]


class Scenario(_Strict):
    """One course of events that is not ours to choose."""

    id: str
    name: str
    what: str
    shifts: list[Shift] = []


class WeightSet(_Strict):
    """A way of caring, by name: fixed weights, an order of importance, or neither."""

    id: str
    name: str
    what: str
    weights: dict[str, Annotated[float, Field(ge=0)]] = {}
    order: list[str] = []

    @property
    def text(self) -> str:
        """The set as it would be typed for the parameter `weights`."""
        return ", ".join([*(f"{name}={size:g}" for name, size in self.weights.items()), *self.order])


class OptionsFile(_Strict):
    """Everything that is weighed for one country."""

    id: str
    country: Iso3
    title: str
    assessment: str
    horizon: str
    panel: str
    rival: str
    options: Annotated[list[Option], Field(min_length=2)]
    criteria: Annotated[list[Criterion], Field(min_length=2, max_length=14)]
    weight_sets: Annotated[list[WeightSet], Field(min_length=1)]
    scenarios: Annotated[list[Scenario], Field(min_length=1)]
    cells: list[Cell]
    pages: list[Page] = []

    def cell(self, option: str, criterion: str) -> Cell | None:
        """The cell of an option under a criterion, if anybody says something."""
        return next((one for one in self.cells if (one.option, one.criterion) == (option, criterion)), None)

    def named(self, kind: str) -> dict[str, Any]:
        """Return options, criteria, scenarios, weight sets or pages by identifier."""
        return {one.id: one for one in getattr(self, kind)}
