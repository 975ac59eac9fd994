"""The shell for background work: queue, worker, and the wrapper that enters the right scope.

A job is enqueued in the transaction that needs it (`enqueue`), carries its scope by name, and is
refused without one. It knows no domain; domains give it functions by `job`.
"""
