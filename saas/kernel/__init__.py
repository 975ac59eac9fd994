"""What every floor stands on: session, context, errors, audit, clock, secrets, files, words.

No word of the domain belongs here.
"""
