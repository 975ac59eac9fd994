"""Open311 GeoReport v2: services, requests and their discovery, over the same queries and commands.

A facade: it says less than our own API, and nothing that our own API would not say to the same key.
"""

from saas.demands.doors.open311 import routes as routes
from saas.demands.doors.open311.door import pages
