"""Charts: one function per kind, a table in; a figure with title, source line, alt text and its data out."""

from atlas.charts.caption import Caption
from atlas.charts.columns import columns
from atlas.charts.distance import distance
from atlas.charts.dots import dots
from atlas.charts.intervals import intervals
from atlas.charts.lines import lines
from atlas.charts.matrix import matrix
from atlas.charts.mix import mix
from atlas.charts.multiples import small_multiples
from atlas.charts.slopes import slopes
from atlas.charts.strips import strips
from atlas.charts.tallies import tallies
from atlas.charts.timeline import timeline
from atlas.charts.topics import topics

__all__ = ["Caption", "columns", "distance", "dots", "intervals", "lines", "matrix", "mix", "slopes", "small_multiples",
           "strips", "tallies", "timeline", "topics"]
