"""The start page of who works here: each domain says what waits, is late or is missing."""
