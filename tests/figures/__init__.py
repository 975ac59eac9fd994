"""Figures: what is declared, counted, claimed and shown to everybody."""
