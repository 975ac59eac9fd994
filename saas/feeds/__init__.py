"""Calendars to subscribe to: what is on, by street, room and kind; one's own sign-ups."""
