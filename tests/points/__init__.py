"""Points: earned, given, spent, ended; never money, never ranked."""
