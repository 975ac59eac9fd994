"""When a district works: its week, its holidays and make-up days, and time counted in them."""
