"""Charts for pages of figures, written by macros/charts.html: bars, columns, rates and stars as
tables that the style sheet draws; funnel and line as SVG with a table beside.

Labels come in as ready words in the reader's language, values as numbers or None. None means
that there is no data and is drawn as such, never as 0; a negative or endless value is a fault of
the caller and raises ValueError. Every number can be read, copied and opened without the picture.
"""

from saas.web.charts.bars import BarRow, Bars, Mark, bars, columns
from saas.web.charts.funnel import Funnel, FunnelLevel, FunnelWords, funnel
from saas.web.charts.line import line
from saas.web.charts.numbers import Value, number, percent, share
from saas.web.charts.plot import Plot, Point
from saas.web.charts.rates import Rate, RatePair, rate_pair
from saas.web.charts.stars import Stars, stars
from saas.web.charts.table import Cell, Table
from saas.web.charts.tiles import Tile, tile
