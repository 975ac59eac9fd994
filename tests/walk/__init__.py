"""One walk over every route for every role, and the checks over what it brought home.

`walking` signs a person in once and stores each answer once: the pages that links lead to, in a
language in which everything translated stands in brackets; every route with a neighbour's keys;
every form with what nobody should send. Each form sent is undone before the next, and begins with
the cookie that the person came with. Tests look at what is stored, and ask for nothing themselves.

What covers what:

| it is checked that | by | over |
|---|---|---|
| a neighbour's keys show and take nothing | `test_every_route` | all routes, six roles |
| no page of one's own shows a neighbour's things | `test_every_route` | all that a walk stored |
| no answer is a 500 | `test_every_route` | all that a walk stored |
| no form breaks, refusals say why, markup is text | `test_every_route` | all forms, two roles |
| every kind of field met every nasty value | `test_every_route` | all forms, two roles |
| every form that is posted carries the CSRF token | `test_every_route` | linked pages, six roles |
| what was sent can be looked at afterwards | `test_every_route` | all forms, two roles |
| pages say nothing outside the catalogue | `test_every_route` | linked pages, six roles |
| nobody signed in leaves a page on a phone | `test_every_route` | linked pages, five roles |
| the operator's pages neither | `tests.web.test_catalogue` | linked pages |
| the same keys do find something at home | `test_neighbours` | all GET routes |
| a session or CSRF token of one district is nothing in another | `test_neighbours` | all routes |
| nobody gets into a district that is being prepared | `tests.onboarding.test_gate` | all routes |
| pages are accessible; no script or policy breaks | `tests.journeys.test_every_page` | a browser |

The gate walks by itself: in a district that is being prepared no answer is like any other here.
"""
