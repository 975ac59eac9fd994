"""What visitors see: a district's first page, and demo districts with their sample data.

No tables yet. A demo district is a tenant of kind ``demo``: it holds sample data only, anybody may
enter it as any of its sample people, and every page says so.
"""
