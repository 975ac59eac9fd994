"""Telling people: an inbox that is the source of truth, and channels that carry its notices out.

A higher domain declares its kinds of notices at import (`words.declare`) and then says what
happened: `commands.notify`, `commands.done_about`, `commands.announce`. All of it is stored in the
caller's transaction. Mail and webhooks only carry copies: when they fail, the inbox has it all, and
a page lists what was not delivered and why.
"""
