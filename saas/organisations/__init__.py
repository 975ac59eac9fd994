"""Organisations that grow: the register, filing, incubation, signs of life, five-party linkage.

What an organisation is (its type) and how far it has come (its stage) are two things; both are data
of the district's model. Everything that happens to one is a numbered act of `saas.casework`; what a
stage asks for is counted by fact-givers (`facts.Giver`), of which every higher domain may bring its
own. Tables: organisation_* and, beside them, party_branches, work_stations, project_plans.
"""
