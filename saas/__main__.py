"""``python -m saas`` is the command line."""

from saas.cli import main

main()
