"""The chart renders what a cluster accepts, starts processes that start, and gives nobody too much.

What it renders goes through the product's own settings and app: a setting that does not exist, or
a health question that the app would not answer, fails here and not in somebody's cluster.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from flask import Flask

from saas.app import create_app
from saas.cli import main
from saas.kernel.db import db
from saas.settings import Settings
from tests.helm.conftest import CHART, ROOT, Env, Helm

COMPONENTS = ("web", "worker", "migration")
_IMAGE = ("--set", "image.repository=registry.example.org/x")
_SECRET = ("--set", "existingSecret=x")


def test_lint_finds_nothing(helm: Helm, choices: Path) -> None:
    done = helm("lint", "--strict", CHART, "--values", choices)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("version", ["1.29", "1.33", "1.37"])
def test_a_cluster_accepts_every_object(objects: list[dict[str, Any]], version: str) -> None:
    schemas = pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is missing")
    for one in objects:
        if not one["apiVersion"].startswith("monitoring."):  # no object of the cluster itself
            schemas.validate(one, version, strict=True)


def test_the_parts_are_there(objects: list[dict[str, Any]], choices: Path) -> None:
    kinds = sorted(one["kind"] for one in objects)
    always = ["Deployment", "Deployment", "Job", "PersistentVolumeClaim", "Service"]
    full = ["CronJob", "CronJob", "Ingress", *["NetworkPolicy"] * 3]
    full += ["PersistentVolumeClaim", "PodDisruptionBudget", "ServiceMonitor"]
    chosen = full if choices.stem == "full" else []
    assert kinds == sorted(always + chosen)
    names = [(one["kind"], one["metadata"]["name"]) for one in objects]
    assert len(set(names)) == len(names)


def test_a_monitor_reads_the_web_pods_with_a_token_and_one_of_several_stays(
    objects: list[dict[str, Any]], env: Env, choices: Path
) -> None:
    full = choices.stem == "full"
    (web,) = (
        o for o in objects if o["kind"] == "Deployment" and o["metadata"]["name"].endswith("-web")
    )
    assert "annotations" not in web["spec"]["template"]["metadata"]
    monitors = [o["spec"] for o in objects if o["kind"] == "ServiceMonitor"]
    assert len(monitors) == int(full)
    for monitor in monitors:
        (endpoint,) = monitor["endpoints"]
        assert (endpoint["port"], endpoint["path"]) == ("http", "/metrics")
        assert endpoint["authorization"]["credentials"]["key"] == "metrics-token"
        (service,) = (o for o in objects if o["kind"] == "Service")
        assert monitor["selector"]["matchLabels"].items() <= service["metadata"]["labels"].items()
        assert endpoint["port"] in {port["name"] for port in service["spec"]["ports"]}
    assert ("SAAS_METRICS_TOKEN" in env("web")) == full
    assert "SAAS_METRICS_TOKEN" not in env("worker")
    for budget in (o for o in objects if o["kind"] == "PodDisruptionBudget"):
        assert budget["spec"]["selector"] == web["spec"]["selector"]
        assert budget["spec"]["minAvailable"] < web["spec"]["replicas"]


def test_without_an_image_or_a_secret_it_says_what_is_missing(helm: Helm) -> None:
    for given, told in (
        (_SECRET, "image.repository is empty"),
        (_IMAGE, "existingSecret is empty"),
    ):
        done = helm("template", "west", CHART, *given)
        assert done.returncode != 0
        assert told in done.stderr


def test_an_ingress_without_a_name_is_refused(helm: Helm) -> None:
    done = helm("template", "west", CHART, *_IMAGE, *_SECRET, "--set", "ingress.enabled=true")
    assert done.returncode != 0
    assert "baseDomain or ingress.hosts" in done.stderr


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ("web.replica=3", "/web"),
        ("web.threads=0", "/web/threads"),
        ("web.replicas=many", "/web/replicas"),
        ("web.resources.limits.memory=lots", "/web/resources/limits/memory"),
        ("baseDomain=https://example.org", "/baseDomain"),
        ("existingSecret=Not_A_Name", "/existingSecret"),
        ("files.accessMode=ReadOnlyMany", "/files/accessMode"),
        ("image.pullPolicy=Sometimes", "/image/pullPolicy"),
        ("image.tag=a:b", "/image/tag"),
        ("rolePrefix=1519", "/rolePrefix"),
        ("trustedProxies=-1", "/trustedProxies"),
        ("mail.from=nobody", "/mail/from"),
        ("publicUrl=example.org", "/publicUrl"),
        ("uploadLimit=12MB", "/uploadLimit"),
        ("secretKey=hunter2", "at ''"),
    ],
)
def test_a_wrong_value_is_refused_at_its_place(helm: Helm, wrong: str, place: str) -> None:
    done = helm("template", "west", CHART, *_IMAGE, *_SECRET, "--set", wrong)
    assert done.returncode != 0
    assert place in done.stderr


def test_every_default_is_in_the_schema() -> None:
    """Nothing can be set that the schema does not know, at any depth."""
    schema = json.loads((CHART / "values.schema.json").read_text())
    values = yaml.safe_load((CHART / "values.yaml").read_text())
    _covered(values, schema, "")


def _covered(values: dict[str, Any], schema: dict[str, Any], path: str) -> None:
    assert schema["additionalProperties"] is False, path
    missing = values.keys() ^ (schema["properties"].keys() - {"global"})
    assert not missing or path.endswith(("limits", "requests")), f"{path}: {missing}"
    for key, inner in values.items():
        if isinstance(inner, dict) and "properties" in schema["properties"][key]:
            _covered(inner, schema["properties"][key], f"{path}/{key}")


@pytest.mark.parametrize("component", COMPONENTS)
def test_the_environment_of_a_pod_is_readable_as_settings(env: Env, component: str) -> None:
    read = Settings.from_env(env(component))
    assert read.database_url.startswith("database-url")
    assert read.secret_key.startswith("secret-key")
    assert read.master_key.startswith("master-key")


def test_chosen_values_arrive_as_settings(helm: Helm, env: Env, choices: Path) -> None:
    read = Settings.from_env(env("web"))
    chosen = yaml.safe_load((CHART / "values.yaml").read_text())
    chosen |= yaml.safe_load(choices.read_text())
    assert read.role_prefix == chosen["rolePrefix"]
    assert read.upload_limit == chosen["uploadLimit"]
    assert read.base_domain == (chosen["baseDomain"] or None)
    assert read.trusted_proxies == int(chosen["ingress"]["enabled"])
    assert read.cookie_secure
    assert read.public_url == (chosen["publicUrl"] or None)
    assert read.mail_from == (chosen["mail"]["from"] or None)
    assert read.webhook_private == chosen["webhooks"]["private"]


def test_only_the_worker_knows_the_mail_server(env: Env, choices: Path) -> None:
    knows = {c for c in COMPONENTS if Settings.from_env(env(c)).smtp_url}
    assert knows == ({"worker"} if choices.stem == "full" else set())


def test_only_worker_and_migration_know_the_owner(env: Env) -> None:
    assert "SAAS_OWNER_URL" not in env("web")
    assert {c for c in COMPONENTS if Settings.from_env(env(c)).owner_url} == {"worker", "migration"}


def test_a_process_has_a_connection_for_each_thread(
    pods: dict[str, dict[str, Any]], env: Env, choices: Path
) -> None:
    (web,) = pods["web"]["containers"]
    assert not any("threads" in a for a in web["args"]), "saas web has as many as connections"
    chosen = yaml.safe_load((CHART / "values.yaml").read_text())["web"]
    chosen |= yaml.safe_load(choices.read_text())["web"]
    assert Settings.from_env(env("web")).pool_size == chosen["threads"]


def test_what_pods_run_exists(pods: dict[str, dict[str, Any]]) -> None:
    for pod in pods.values():
        (container,) = pod["containers"]
        program, *words = container["command"]
        args = container.get("args", [])
        assert program == "saas"
        words += [a for a in args if not a.startswith(("-", "/"))]
        command: click.Command = main
        for word in words:
            assert isinstance(command, click.Group)
            found = command.get_command(click.Context(command), word)
            assert found, word
            command = found
        known = {option for parameter in command.params for option in parameter.opts}
        assert {a.partition("=")[0] for a in args if a.startswith("-")} <= known


def test_a_backup_is_written_by_one_and_opened_by_another(
    objects: list[dict[str, Any]], pods: dict[str, dict[str, Any]], choices: Path
) -> None:
    """The key that opens them lies in a Secret of its own, which only the drill is given."""
    if choices.stem != "full":
        assert "backup" not in pods
        return
    claims = {}
    for what in ("backup", "drill"):
        volumes = {v["name"]: v for v in pods[what]["volumes"]}
        claims[what] = volumes["backups"]["persistentVolumeClaim"]["claimName"]
        assert ("key" in volumes) == (what == "drill")
    assert claims["backup"] == claims["drill"]
    secret = next(v["secret"] for v in pods["drill"]["volumes"] if v["name"] == "key")
    assert secret["secretName"] == "districts-backups"
    claim = next(o for o in objects if o["metadata"]["name"] == claims["backup"])
    assert claim["metadata"]["annotations"] == {"helm.sh/resource-policy": "keep"}
    crons = [o["spec"] for o in objects if o["kind"] == "CronJob"]
    assert [cron["concurrencyPolicy"] for cron in crons] == ["Forbid", "Forbid"]


def test_a_backup_without_a_key_is_refused(helm: Helm) -> None:
    done = helm("template", "west", CHART, *_IMAGE, *_SECRET, "--set", "backup.enabled=true")
    assert done.returncode != 0
    assert "backup.publicKey is empty" in done.stderr


_KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"


@pytest.mark.parametrize("files", [("small",), ("standard",), ("standard", "citus")])
def test_the_values_that_come_with_the_chart_are_whole(helm: Helm, files: tuple[str, ...]) -> None:
    schemas = pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is missing")
    given = [word for name in files for word in ("--values", CHART / f"values-{name}.yaml")]
    more = ("baseDomain=districts.example.org", "ingress.tlsSecret=x", f"backup.publicKey={_KEY}")
    sets = [word for one in more for word in ("--set", one)]
    objects = helm.render(*given, *_IMAGE, *_SECRET, *sets)
    for one in objects:
        if not one["apiVersion"].startswith("monitoring."):
            schemas.validate(one, "1.33", strict=True)
    (web,) = (o for o in objects if o["metadata"]["name"].endswith("-web")
              and o["kind"] == "Deployment")  # fmt: skip
    (container,) = web["spec"]["template"]["spec"]["containers"]
    env = {one["name"]: one.get("value", "") for one in container["env"]}
    assert (env.get("SAAS_CITUS") == "on") == ("citus" in files)
    assert [c["kind"] for c in objects].count("CronJob") == (0 if "small" in files else 1)


def test_the_app_answers_the_health_questions(
    pods: dict[str, dict[str, Any]], env: Env, settings: Settings, app: Flask
) -> None:
    """Asked as a cluster asks: by the pod's address, with the headers of the probe."""
    given = env("web") | {
        "SAAS_DATABASE_URL": settings.database_url,
        "SAAS_ROLE_PREFIX": settings.role_prefix,
        "SAAS_DATA_DIR": str(settings.data_dir),
    }
    served = create_app(Settings.from_env(given))
    client = served.test_client()
    (web,) = pods["web"]["containers"]
    for kind, path in (("startup", "/healthz"), ("liveness", "/healthz"), ("readiness", "/readyz")):
        asked = web[f"{kind}Probe"]["httpGet"]
        assert asked["path"] == path
        named = {h["name"]: h["value"] for h in asked.get("httpHeaders", [])}
        answer = client.get(path, headers={"Host": "10.1.2.3:8000"} | named)
        assert answer.status_code == 200, answer.text
    with served.app_context():
        db.engine.dispose()


def test_the_service_leads_to_the_web_pods_alone(objects: list[dict[str, Any]]) -> None:
    selector = next(o["spec"]["selector"] for o in objects if o["kind"] == "Service")
    found = [
        o["metadata"]["name"]
        for o in objects
        if o["kind"] in {"Deployment", "Job"}
        and selector.items() <= o["spec"]["template"]["metadata"]["labels"].items()
    ]
    assert found == ["west-saas-1519-web"]


def test_pods_can_do_nothing_that_they_need_not(pods: dict[str, dict[str, Any]]) -> None:
    for spec in pods.values():
        assert spec["automountServiceAccountToken"] is False
        assert spec["securityContext"]["runAsNonRoot"]
        assert spec["securityContext"]["runAsUser"] > 0
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in spec["containers"]:
            security = container["securityContext"]
            assert security["readOnlyRootFilesystem"]
            assert security["allowPrivilegeEscalation"] is False
            assert security["capabilities"] == {"drop": ["ALL"]}
            assert container["resources"]["limits"]["memory"]
            assert {"name": "scratch", "mountPath": "/tmp"} in container["volumeMounts"]


def test_services_beside_it_put_no_settings_into_pods(pods: dict[str, dict[str, Any]]) -> None:
    """A Service called saas would add SAAS_SERVICE_HOST, which the settings refuse."""
    assert all(spec["enableServiceLinks"] is False for spec in pods.values())


def test_web_and_worker_share_one_volume_that_outlives_the_release(
    objects: list[dict[str, Any]], pods: dict[str, dict[str, Any]], env: Env
) -> None:
    claim = next(o for o in objects if o["metadata"]["name"].endswith("-files"))
    assert claim["metadata"]["annotations"] == {"helm.sh/resource-policy": "keep"}
    for component in ("web", "worker"):
        (files,) = (v for v in pods[component]["volumes"] if v["name"] == "files")
        assert files["persistentVolumeClaim"] == {"claimName": claim["metadata"]["name"]}
        (container,) = pods[component]["containers"]
        mounts = {m["name"]: m["mountPath"] for m in container["volumeMounts"]}
        assert Settings.from_env(env(component)).data_dir == Path(mounts["files"])
        together = claim["spec"]["accessModes"] == ["ReadWriteOnce"]
        assert ("affinity" in pods[component]) == together


def test_the_migration_comes_first_and_needs_nothing_of_the_release(
    objects: list[dict[str, Any]], pods: dict[str, dict[str, Any]]
) -> None:
    (job,) = (o for o in objects if o["kind"] == "Job")
    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    assert all("persistentVolumeClaim" not in v for v in pods["migration"]["volumes"])
    assert pods["migration"]["restartPolicy"] == "Never"


def test_the_ingress_answers_to_the_domain_all_below_it_and_the_custom_ones(helm: Helm) -> None:
    objects = helm.render("--values", Path(__file__).parent / "full.yaml")
    (ingress,) = (o for o in objects if o["kind"] == "Ingress")
    hosts = [rule["host"] for rule in ingress["spec"]["rules"]]
    assert hosts == ["districts.example.org", "*.districts.example.org", "shequ.example.net"]
    assert ingress["spec"]["tls"] == [{"secretName": "districts-tls", "hosts": hosts}]


def test_no_secret_is_in_what_it_renders(objects: list[dict[str, Any]]) -> None:
    assert all(one["kind"] != "Secret" for one in objects)


def test_the_chart_carries_the_version_of_the_product() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text())
    assert (chart["name"], chart["appVersion"]) == (project["name"], project["version"])


def test_the_image_is_built_from_files_that_exist_and_are_sent() -> None:
    sent = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    }
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    copied = {
        name
        for line in lines
        if line.startswith("COPY ") and "--from" not in line
        for name in line.split()[1:-1]
    }
    assert copied == sent
    assert all((ROOT / name).exists() for name in copied)
