"""How an affair is settled, and hours at a counter for it."""
