"""One frozen, typed settings object, read once from the environment and checked at start.

Every key begins with ``SAAS_``. An unknown key is refused, so that a typing error in a
deployment is found when the process starts and not when the setting is missed. Secrets have no
usable default: the embedded run makes its own and keeps them in the data folder.
"""

from __future__ import annotations

import os
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, fields
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

_HERE = Path(__file__).resolve().parent
#: Where packages, culture looks and demo districts lie: beside the code in a checkout, inside it
#: in an installed wheel.
TENANTS_DIR = next(p for p in (_HERE.parent / "tenants", _HERE / "_tenants") if p.is_dir())
PACKAGES_DIR = TENANTS_DIR / "packages"
CULTURES_DIR = TENANTS_DIR / "cultures"
DEMO_DIR = TENANTS_DIR / "demo"
MIGRATIONS_DIR = next(p for p in (_HERE.parent / "migrations", _HERE / "_migrations") if p.is_dir())

_MIN_SECRET = 32


class BadSettings(Exception):
    """The environment cannot be used; the message says which key and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a process needs to know about its surroundings.

    ``database_url`` is the runtime login without rights of its own; ``owner_url`` may do DDL and
    is given only to processes that provision or migrate. Sizes are bytes, times are seconds:
    ``upload_limit`` of a whole form, ``attachment_limit`` of one file in it that is no picture
    (pictures have 10 MB), of which ``attachments_at_once`` may come.

    ``public_url`` is where the service is reached from outside, for links in mails. Mail goes by
    ``smtp_url`` (smtps, smtp+starttls or smtp; only the worker needs it) from ``mail_from``.
    ``webhook_private`` lets webhooks and SMS into private nets, for installations on premises.
    ``sms_url``, with ``sms_key_id`` and ``sms_secret``, is the operator's SMS gateway, which
    districts may choose.

    ``contact`` is whom visitors of the first page may ask: a number, a mail address or a sentence.

    ``metrics_token`` is what a monitor shows to read /metrics; without one only this machine may.

    ``public_per_minute`` bounds the answers that a process gives to an address whose people have
    not signed in; a community's office behind one address has many.

    ``demos_most``: so many demos of guests' own may stand at once, 0 for none at all; an address
    may have ``demos_per_address``, ``demos_at_once`` may be asked for and not there yet, and each
    stays ``demo_days``. ``showroom_guarded``: strangers neither turn the clock of the demo that
    everybody shares nor change its culture.

    ``citus``: the server is the coordinator of a cluster, over which districts are spread.

    ``publishers`` says whose model packages are trusted: "<public key> <name>; <key> <name>".
    """

    database_url: str
    secret_key: str
    master_key: str
    owner_url: str | None = None
    data_dir: Path = Path("var")
    base_domain: str | None = None
    trusted_proxies: int = 0
    cookie_secure: bool = True
    role_prefix: str = "saas"
    pool_size: int = 16
    tenants_per_connection: int = 100
    upload_limit: int = 32 * 1024 * 1024
    attachment_limit: int = 10 * 1024 * 1024
    attachments_at_once: int = 6
    registry_seconds: float = 2.0
    public_url: str | None = None
    smtp_url: str | None = None
    mail_from: str | None = None
    webhook_private: bool = False
    sms_url: str | None = None
    sms_key_id: str | None = None
    sms_secret: str | None = None
    publishers: str | None = None
    contact: str | None = None
    metrics_token: str | None = None
    public_per_minute: int = 600
    demos_most: int = 200
    demos_per_address: int = 3
    demos_at_once: int = 20
    demo_days: int = 30
    showroom_guarded: bool = True
    citus: bool = False

    @property
    def known_publishers(self) -> dict[str, str]:
        """The name of each publisher whose model packages are trusted, by public key."""
        lines = (line.split(None, 1) for line in (self.publishers or "").split(";"))
        return {line[0]: line[1].strip() for line in lines if len(line) == 2}

    @property
    def app_role(self) -> str:
        """The runtime login: no rights of its own, may become a tenant or the hub."""
        return f"{self.role_prefix}_app"

    @property
    def hub_role(self) -> str:
        """May read and write the control plane, and no tenant."""
        return f"{self.role_prefix}_hub"

    @property
    def tenant_role(self) -> str:
        """What every district's role belongs to: may queue jobs, and nothing else."""
        return f"{self.role_prefix}_tenant"

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Settings:
        """Read and check ``SAAS_*``; raises `BadSettings` with every fault in one message."""
        given = {k[5:].lower(): v for k, v in env.items() if k.startswith("SAAS_")}
        given.pop("port", None)  # the launcher's own
        known = {f.name: str(f.type) for f in fields(cls)}
        faults = [f"SAAS_{k.upper()} is not a setting" for k in sorted(given.keys() - known.keys())]
        values: dict[str, object] = {}
        for key in given.keys() & known.keys():
            try:
                values[key] = _coerce(known[key], given[key])
            except ValueError:
                faults.append(f"SAAS_{key.upper()} cannot be read as {known[key]}")
        faults += _missing(values) + _mail_faults(values) + _publisher_faults(values)
        faults += _gateway_faults(values)
        if faults:
            raise BadSettings("; ".join(faults))
        return cls(**values)  # type: ignore[arg-type]


def sqlalchemy_url(url: str) -> str:
    """The same server address with the driver named, as SQLAlchemy wants it."""
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else url


def _coerce(kind: str, text: str) -> object:
    if kind == "bool":
        if text.lower() not in {"0", "1", "true", "false", "yes", "no", "on", "off"}:
            raise ValueError(text)
        return text.lower() in {"1", "true", "yes", "on"}
    if kind == "int":
        return int(text)
    if kind == "float":
        return float(text)
    return Path(text) if kind == "Path" else text


def _missing(values: Mapping[str, object]) -> list[str]:
    faults = [] if values.get("database_url") else ["SAAS_DATABASE_URL is missing"]
    for key in ("secret_key", "master_key"):
        if len(str(values.get(key, ""))) < _MIN_SECRET:
            faults.append(f"SAAS_{key.upper()} must have {_MIN_SECRET} characters or more")
    return faults


def _publisher_faults(values: Mapping[str, object]) -> list[str]:
    """Each publisher is a public key of 32 bytes in base64, a blank, and a name."""
    for line in str(values.get("publishers") or "").split(";"):
        key, _, name = line.strip().partition(" ")
        try:
            usable = not line.strip() or (len(b64decode(key, validate=True)) == 32 and name.strip())
        except ValueError:
            usable = False
        if not usable:
            return ["SAAS_PUBLISHERS must be written '<public key> <name>; <public key> <name>'"]
    return []


def _gateway_faults(values: Mapping[str, object]) -> list[str]:
    """The operator's SMS gateway is set whole or not at all."""
    keys = ("sms_url", "sms_key_id", "sms_secret")
    missing = [key for key in keys if not values.get(key)]
    if len(missing) == len(keys):
        return []
    url = str(values.get("sms_url") or "https://")
    faults = [] if url.startswith(("https://", "http://")) else ["SAAS_SMS_URL is no web address"]
    return faults + [f"SAAS_SMS_URL needs SAAS_{key.upper()}" for key in missing]


_SMTP = ("smtp", "smtps", "smtp+starttls")


def _mail_faults(values: Mapping[str, object]) -> list[str]:
    """What is wrong with the way that mail goes, without the password that may be in it."""
    sender, faults = str(values.get("mail_from") or ""), []
    if sender and parseaddr(sender)[1].count("@") != 1:
        faults.append("SAAS_MAIL_FROM is no mail address")
    if not values.get("smtp_url"):
        return faults
    try:
        url = urlsplit(str(values["smtp_url"]))
        usable = url.scheme in _SMTP and bool(url.hostname) and url.port != 0
    except ValueError:
        usable = False
    if not usable:
        faults.append(f"SAAS_SMTP_URL must begin with {', '.join(_SMTP)} and name a host")
    if not sender:
        faults.append("SAAS_SMTP_URL needs SAAS_MAIL_FROM")
    return faults
