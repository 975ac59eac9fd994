"""How a demand comes in: filed by a resident, entered by staff, followed by its code."""
