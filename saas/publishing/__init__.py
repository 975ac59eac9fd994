"""Public pages made of records: written by one, looked at by another, every edition kept."""
