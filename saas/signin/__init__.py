"""A craft: proving who one is. Passwords, tries, sign-ins of devices, second factors.

It serves the people of a district and the operators of the hub alike: its tables are on both planes
(`models`), who is meant is an id there, and which words to show and how to begin is the matter of
the door that calls (`saas.accounts`, `saas.tenancy`).
"""
