"""A sheet measured in points from its top left corner, on which a chart places every line and label itself."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import matplotlib
import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox, BboxTransformFrom, BboxTransformTo, Transform

from atlas import language
from atlas.charts import style

WIDTH = 6.8 * 72
"""Points across; the same for every chart."""
LINE = 11.5
"""Points from one line of text to the next."""
LEADING = 10.5
"""The same within one label that takes several lines."""
SLACK = 1.04
"""How much wider than measured a label may turn out in a reader's own font."""

_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


@dataclass(frozen=True)
class Box:
    """A rectangle in points, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, gap: float = 0.0) -> bool:
        """Tell whether two rectangles share ground, or come nearer than a gap."""
        return (self.left < other.right + gap and other.left < self.right + gap
                and self.top < other.bottom + gap and other.top < self.bottom + gap)


@dataclass(frozen=True)
class Label:
    """A text as it was set: what it says and the ground it covers."""

    text: str
    box: Box
    tone: str


class _Paper(Artist):
    """What lies on a sheet, drawn layer by layer: an Axes without its axes, which take longer to make than a chart."""

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self._drawn: list[Artist] = []
        self.ground = Bbox([[0.0, 1.0], [WIDTH, 0.0]])
        self.place: Transform = BboxTransformFrom(self.ground) + BboxTransformTo(figure.bbox)
        figure.add_artist(self)

    def put(self, drawn: Artist) -> None:
        """Lay something on the sheet, in points."""
        drawn.set_figure(self.figure)
        drawn.set_transform(self.place)
        self._drawn.append(drawn)

    def get_children(self) -> list[Artist]:
        return self._drawn

    def draw(self, renderer: RendererBase) -> None:
        renderer.open_group("axes")
        for drawn in sorted(self._drawn, key=Artist.get_zorder):
            drawn.draw(renderer)
        renderer.close_group("axes")


class _Group(Artist):
    """What belongs together under a name, so that the page can make a link of it."""

    def __init__(self, name: str, layer: float) -> None:
        super().__init__()
        self.set_gid(name)
        self.set_zorder(layer)
        self.drawn: list[Artist] = []

    def draw(self, renderer: RendererBase) -> None:
        renderer.open_group("group", self.get_gid())
        for one in sorted(self.drawn, key=Artist.get_zorder):
            one.draw(renderer)
        renderer.close_group("group")


class _Line(Text):
    """A line of text set at its start, middle or end: where it ends is up to the reader's face, so nobody measures."""

    def draw(self, renderer: RendererBase) -> None:
        if not self.get_text():
            return
        x, y = self.get_transform().transform(self.get_position())
        gc = renderer.new_gc()
        gc.set_foreground(self.get_color())
        renderer.open_group("text", self.get_gid())
        renderer.draw_text(gc, x, renderer.get_canvas_width_height()[1] - y, self.get_text(),
                           self.get_fontproperties(), 0, mtext=self)
        renderer.close_group("text")


class Sheet:
    """Paper for one chart. Positions are points; colours are names of the house palette."""

    def __init__(self) -> None:
        self.labels: list[Label] = []
        self.tones: set[str] = set()
        self.height = 0.0
        self.figure = Figure(figsize=(WIDTH / 72, 3))
        FigureCanvasSVG(self.figure)
        self._paper = _Paper(self.figure)
        self._group: _Group | None = None

    @property
    def size(self) -> float:
        """The size of ordinary text."""
        return float(matplotlib.rcParams["font.size"])

    @property
    def small(self) -> float:
        """The size of ticks and second text."""
        return float(matplotlib.rcParams["xtick.labelsize"])

    def colour(self, tone: str) -> str:
        """Return the code of a named colour and note that it was used."""
        self.tones.add(tone)
        return style.palette()[tone]

    def reach(self, text: str, bold: bool = False, small: bool = False) -> float:
        """Return the width that a text will take."""
        return style.width(language.unmarked(text), self.small if small else self.size, bold) * SLACK

    def text(self, x: float, y: float, text: str, tone: str = "ink", *, align: str = "left", bold: bool = False,
             small: bool = False, clear: bool = False) -> Box:
        """Set a line of text, its middle at height `y`, and return the ground that it covers.

        With `clear` grid and stalks behind it stop at its edge; what shows data does not.
        """
        text = language.unmarked(text)
        size = self.small if small else self.size
        drop = size * 0.36  # half the height of a capital: the eye centres on capitals, not on the line
        line = _Line(x, y + drop, text, color=self.colour(tone), fontsize=size, verticalalignment="baseline",
                     fontweight="bold" if bold else "normal", parse_math=False, zorder=4)
        line.set(horizontalalignment=align)
        self._put(line)
        wide = self.reach(text, bold, small)
        left = x - {"left": 0.0, "center": wide / 2, "right": wide}[align]
        box = Box(left, y - size * 0.45, left + wide, y + size * 0.6)
        self.labels.append(Label(text, box, tone))
        if clear:
            self.bar(Box(box.left - 2, box.top, box.right + 2, box.bottom), "paper", layer=1.4)
        return box

    def line(self, xs: Sequence[float], ys: Sequence[float], tone: str = "soft", *, width: float | None = None,
             dashed: bool = False, clip: Box | None = None, layer: float = 2) -> None:
        """Draw a line through points."""
        drawn = Line2D(list(xs), list(ys), color=self.colour(tone), linestyle="--" if dashed else "-", zorder=layer)
        if width is not None:
            drawn.set_linewidth(width)
        self._put(drawn, clip)

    def rule(self, xs: Sequence[float], ys: Sequence[float], tone: str = "rule") -> None:
        """Draw a thin line of the grid, behind everything."""
        self.line(xs, ys, tone, width=float(matplotlib.rcParams["grid.linewidth"]), layer=0.5)

    def marks(self, xs: Sequence[float], ys: Sequence[float], tone: str = "peer", *, shape: str = "o",
              hollow: bool = False, scale: float = 1.0, edge: str = "", layer: float = 3) -> None:
        """Draw one mark at each point; `edge` names the colour of the rim where it differs."""
        self._put(Line2D(
            list(xs), list(ys), linestyle="none", marker=shape, zorder=layer,
            markersize=float(matplotlib.rcParams["lines.markersize"]) * scale, color=self.colour(tone),
            markeredgecolor=self.colour(edge or tone),
            markerfacecolor=self.colour("paper") if hollow else self.colour(tone)))

    def bar(self, box: Box, tone: str = "accent", *, alpha: float | None = None, hatched: bool = False,
            hollow: bool = False, dashed: bool = False, layer: float = 1.5) -> None:
        """Fill a rectangle, or outline it; hatching is a texture that survives a grey copy."""
        outlined = hatched or hollow
        self._put(Rectangle(
            (box.left, box.top), box.right - box.left, box.bottom - box.top, zorder=layer, alpha=alpha,
            facecolor=self.colour("paper") if outlined else self.colour(tone), linewidth=1 if outlined else 0,
            edgecolor=self.colour(tone) if outlined else "none", hatch="////" if hatched else None,
            linestyle="--" if dashed else "-"))

    def area(self, xs: Sequence[float], low: Sequence[float], high: Sequence[float], tone: str, *,
             clip: Box | None = None) -> None:
        """Fill the ground between two lines, lightly."""
        corners = [*zip(xs, low, strict=True), *reversed(list(zip(xs, high, strict=True)))]
        drawn = Polygon(corners, closed=True, facecolor=self.colour(tone), alpha=0.16, linewidth=0, zorder=1)
        self._put(drawn, clip)

    def shape(self, rings: Sequence[np.ndarray], tone: str, *, pattern: str = "", within: PathPatch | None = None,
              layer: float = 1.5) -> PathPatch:
        """Fill an outline of several rings; a pattern is lines or dots in the colour of the paper.

        Parameters
        ----------
        rings : sequence of arrays of shape (n, 2)
        within : PathPatch, optional
            Another shape, beyond whose outline nothing of this one is seen.
        """
        path = Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))
        drawn = PathPatch(path, facecolor=self.colour(tone), edgecolor=self.colour("paper"), linewidth=0.4,
                          hatch=pattern or None, hatchcolor=self.colour("paper"), zorder=layer)
        self._put(drawn)
        if within is not None:
            drawn.set_clip_path(within.get_path(), self._paper.place)
        return drawn

    @contextmanager
    def group(self, name: str, layer: float) -> Iterator[None]:
        """Keep together under a name what is drawn meanwhile, in a layer of its own."""
        group = _Group(name, layer)
        self._paper.put(group)
        self._group = group
        try:
            yield
        finally:
            self._group = None

    def wrapped(self, text: str, wide: float, *, small: bool = False) -> list[str]:
        """Break a text into lines that are no wider than that, as far as its words allow."""
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            fits = not lines or self.reach(longer, small=small) <= wide
            lines[-1:] = [longer] if fits else [lines[-1], word]
        return lines

    def stack(self, x: float, y: float, lines: Sequence[str], leading: float = LEADING, *, foot: bool = False,
              align: str = "left", bold: bool = False, small: bool = False) -> None:
        """Set lines below one another: their middle at height `y`, or with `foot` the last of them."""
        top = y - leading * (len(lines) - 1) / (1 if foot else 2)
        for i, line in enumerate(lines):
            self.text(x, top + leading * i, line, align=align, bold=bold, small=small)

    def _put(self, drawn: Artist, clip: Box | None = None) -> None:
        if self._group is None:
            self._paper.put(drawn)
        else:
            drawn.set_figure(self.figure)
            drawn.set_transform(self._paper.place)
            self._group.drawn.append(drawn)
        if clip is not None:
            drawn.set_clip_box(_Later(self._paper.place, [(clip.left, clip.bottom), (clip.right, clip.top)]))

    def svg(self, height: float) -> str:
        """Return the sheet, cut to a height, as an SVG element with its text as text."""
        self.height = height
        self.figure.set_size_inches(WIDTH / 72, height / 72)
        self._paper.ground.set_points([[0, height], [WIDTH, 0]])
        written = io.StringIO()
        self.figure.savefig(written, format="svg", metadata=_METADATA)
        return tidy(written.getvalue())


class _Later(Bbox):
    """A clip given in points, worked out when the height of the sheet is known."""

    def __init__(self, place: Transform, corners: Sequence[tuple[float, float]]) -> None:
        super().__init__([[0, 0], [1, 1]])
        self._corners = (place, corners)

    def get_points(self):  # type: ignore[no-untyped-def]
        place, corners = self._corners
        return place.transform(corners)


_TIDYING = (
    (re.compile(r"^.*?(?=<svg)", re.DOTALL), ""),                                   # the element goes into a page
    (re.compile(r"'Roboto', 'DejaVu Sans'|'DejaVu Sans'"), style.SCREEN_FONTS),
    (re.compile(r" transform=\"rotate\(-?0 [^\"]*\)\""), ""),
    (re.compile(r" ?\n(?=[MLCQHVSTAZz\"])"), " "),                                   # one line a path
)


def tidy(svg: str) -> str:
    """Take from matplotlib's SVG what a page does not need, and ask for faces that a reader may have."""
    for pattern, written in _TIDYING:
        svg = pattern.sub(written, svg)
    return svg.strip()
