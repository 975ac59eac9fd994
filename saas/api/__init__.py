"""The shell for JSON: the same order as a page, answers as plain JSON, errors as problem details."""
