"""Pages of bringing a district in: the operator's form, the wizard, the checklist."""

from saas.onboarding.pages import checklist as checklist
from saas.onboarding.pages import district as district
from saas.onboarding.pages import operator
from saas.onboarding.pages import people as people
from saas.onboarding.pages import wizard as wizard
from saas.onboarding.pages.blueprint import setup

pages = operator.pages
