"""The first picture of a demand, which pages and programs have under one name."""

from __future__ import annotations

from flask import Response

from saas.attachments.answers import answer
from saas.demands import queries
from saas.demands.models import Demand
from saas.web.files import picture


def first_photo(demand: Demand) -> Response:
    """For who may see the demand; pictures of before there were several lie elsewhere."""
    found = queries.first_photo(demand)
    return answer(found) if found else picture(demand.photo)
