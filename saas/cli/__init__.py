"""The operator's command line. What the console does, a script can do: ``--json`` where it helps.

Every command that changes something goes through the same commands as the pages. A command is
loaded when it is called: most need the whole product, which takes seconds, some nearly nothing.
"""

from __future__ import annotations

from importlib import import_module

import click

from saas.launch.loading import loading

#: Where each command is declared, with all that is said behind it.
COMMANDS = {
    "audit": "audit",
    "backup": "backups",
    "db": "database",
    "doctor": "doctor",
    "package": "districts_packages",
    "status": "machine",
    "stop": "machine",
    "tenant": "tenants",
    "up": "product",
    "user": "users",
    "web": "machine",
    "worker": "product",
}


class _Called(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        with loading():
            module = import_module(f"saas.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(cls=_Called, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Run districts: the database, the districts themselves, the people who operate them."""
