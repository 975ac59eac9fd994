"""What a command needs that works with districts: the app in the right scope."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask

from saas import launch
from saas.app import create_app
from saas.kernel import i18n
from saas.kernel.context import Actor, entering
from saas.kernel.errors import AppError, Invalid, NotFound
from saas.kernel.i18n import speaking
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.packages.library import queries as library
from saas.settings import Settings
from saas.tenancy import queries as tenants


@contextmanager
def hub() -> Iterator[Flask]:
    """The app with the control plane entered; sentences in English, as the shell's are."""
    app = create_app(Settings.from_env(launch.environment()))
    with app.test_request_context(), _in_english(), entering(wired(app).hub):
        yield app


@contextmanager
def inside(code: str) -> Iterator[None]:
    """Work in a district, and store it."""
    with hub():
        with reading():
            scope = tenants.as_scope(tenants.access_tenant(code))
        with entering(scope), unit_of_work():
            yield


@contextmanager
def files_alone() -> Iterator[None]:
    """What reads files needs no database and no settings: sentences in English are enough.

    On an operator's machine the settings are there, and with them the uploaded packages and the
    publishers that are trusted.
    """
    app, env = Flask("saas.web"), launch.environment()
    if "SAAS_DATABASE_URL" in env:
        app.config["SAAS"] = Settings.from_env(env)
    i18n.init_app(app)
    with app.app_context(), _in_english():
        yield


@contextmanager
def _in_english() -> Iterator[None]:
    with speaking("en"):
        try:
            yield
        except AppError as error:  # said here, while the language is English
            raise click.ClickException(_sentence(error)) from error


def _sentence(error: AppError) -> str:
    if isinstance(error, Invalid):
        return "; ".join(f"{name}: {t}" for name, texts in error.errors.items() for t in texts)
    if isinstance(error, NotFound):  # its own sentence is about addresses, which a shell has not
        return "There is nothing of that name: see 'saas tenant list' and 'saas package list'."
    return str(error) if isinstance(error, library.BadPackage) else str(error.text)


def operator() -> Actor:
    """Who acts from a shell: the name of the machine's user."""
    return Actor(kind="operator", name="command line", login=os.environ.get("USER", "cli"))
