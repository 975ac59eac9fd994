"""Gifts of goods: their receipts, their stock, what the database refuses."""
