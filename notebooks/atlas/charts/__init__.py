"""Charts: one function per kind, a table in; a figure with title, source line, alt text and its data out."""

from atlas.charts.caption import Caption
from atlas.charts.columns import columns
from atlas.charts.distance import distance
from atlas.charts.dots import dots
from atlas.charts.grid import grid
from atlas.charts.intervals import intervals
from atlas.charts.leads import leads
from atlas.charts.lines import lines
from atlas.charts.matrix import matrix
from atlas.charts.mix import mix
from atlas.charts.multiples import small_multiples
from atlas.charts.profiles import profiles
from atlas.charts.ranges import ranges
from atlas.charts.shares import shares
from atlas.charts.slopes import slopes
from atlas.charts.standings import standings
from atlas.charts.strips import strips
from atlas.charts.tallies import tallies
from atlas.charts.timeline import timeline
from atlas.charts.topics import topics
from atlas.charts.worldmap import Place, world

__all__ = ["Caption", "Place", "columns", "distance", "dots", "grid", "intervals", "leads", "lines", "matrix", "mix",
           "profiles", "ranges", "shares", "slopes", "small_multiples", "standings", "strips", "tallies", "timeline",
           "topics", "world"]
