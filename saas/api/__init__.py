"""The shell for JSON: routes that say what they take and give, tokens at the door, the documents.

It knows no domain. Errors are rendered with those of the pages (`saas.web.errors`).
"""
