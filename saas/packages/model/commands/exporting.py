"""Writing down what a district has, so that another one can begin with it.

Only what stands in a package is written: its shape is checked field by field, and nothing of it is
about a person. A test plants personal data wherever it can be typed and looks for it in every byte.
"""

from __future__ import annotations

from saas.kernel import audit
from saas.kernel.context import Actor, Label
from saas.packages.library.archive import MANIFEST, files_of, manifest_of, pack
from saas.packages.model import queries
from saas.packages.model.queries import Parts
from saas.packages.permissions import ensure_edit


def export(*, key: str, version: str, title: Label, publisher: Label, actor: Actor) -> Parts:
    """The district's model as a package of its own, as `Package.parts` gives it.

    It is based on what is installed; under the installed key it stays based on what that one was.
    Raises `BadPackage` with every fault.
    """
    ensure_edit(actor)
    parts = queries.current()
    parts["package"] = _head(parts["package"], key, version, title, publisher)
    package = queries.checked(parts)
    audit.record("packages.export", "package", None, actor=actor, key=key, version=version)
    return package.parts()


def _head(installed: Parts, key: str, version: str, title: Label, publisher: Label) -> Parts:
    own = {"key": key, "version": version, "title": title, "publisher": publisher}
    if key == installed["key"]:
        return {**installed, **own}
    origin = {"key": installed["key"], "version": installed["version"]}
    return {**installed, **own, "based_on": origin}


def as_zip(parts: Parts) -> bytes:
    """A package as one file; the same parts give the same bytes."""
    files = files_of(parts)
    head = parts["package"]
    manifest = manifest_of(files, key=head["key"], version=head["version"])
    return pack({**files, MANIFEST: manifest})
