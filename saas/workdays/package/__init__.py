"""workdays.yaml of a model package: the hours of an ordinary week."""
