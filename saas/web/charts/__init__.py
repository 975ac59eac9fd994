"""Charts for pages of figures: pure arithmetic whose result macros/charts.html turns into SVG.

Labels come in as ready words in the reader's language, values as numbers or None. None means
that there is no data and is drawn as such, never as 0; a negative or endless value is a fault of
the caller and raises ValueError. Whatever is drawn also comes as a `Table`, so that every number
can be read, copied and opened without the picture.
"""

from saas.web.charts.bars import Bar, Bars, bars
from saas.web.charts.columns import columns
from saas.web.charts.funnel import Funnel, FunnelLevel, FunnelWords, funnel
from saas.web.charts.line import line
from saas.web.charts.numbers import Value, number, percent, share
from saas.web.charts.plot import Plot, Point
from saas.web.charts.rates import Rate, RatePair, rate_pair
from saas.web.charts.stars import Stars, stars
from saas.web.charts.table import Cell, Table
from saas.web.charts.tiles import Spark, Tile, spark, tile
