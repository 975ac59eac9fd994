"""The host's statement, line by line."""
