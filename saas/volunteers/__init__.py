"""Neighbours who help: the roll, shifts at sessions, hours that another verified."""
