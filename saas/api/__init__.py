"""The shell for JSON: a page's order, plain JSON answers, errors as problem details."""
