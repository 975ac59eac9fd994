"""Bringing a new district in: the operator's form, the live progress, the first invitation."""
