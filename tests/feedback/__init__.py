"""How it was."""
