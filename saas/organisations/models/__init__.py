"""Tables of organisations."""

from saas.organisations.models.linkage import Branch, Pilot, Plan, PlanAct, Station, Worker
from saas.organisations.models.menu import Stage, Term, Type
from saas.organisations.models.records import (
    Area,
    Credential,
    Link,
    Member,
    Mentorship,
    Post,
    Roll,
    Session,
    Sign,
)
from saas.organisations.models.register import Act, Organisation
