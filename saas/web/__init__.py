"""The shell for pages: the order of a request, forms, sessions, headers, error pages, layout.

It knows no domain. Domains give it pages (`Pages`), an actor and labels.
"""
