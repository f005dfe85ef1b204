"""Jobs as containers: a small server in the place of the Docker engine keeps what it was asked for."""

import json

import pytest
from lib.outcome import JobFailed
from test_graph import golden
from test_on_host import ENDS


@pytest.fixture
def engine(api, monkeypatch):
    """An engine whose container ends with a code."""

    def start(code: int):
        server = api({
            "GET /v1.44/_ping": (200, "OK"),
            "GET /version": (200, {"ApiVersion": "1.44"}),
            "GET /v1.44/images/json": (200, [{"Id": "1"}]),
            "POST /v1.44/containers/create": (201, {"Id": "c1"}),
            "GET /v1.44/containers/c1/json": (200, {"Config": {"Tty": True}}),
            "POST /v1.44/containers/c1/wait": (200, {"StatusCode": code}),
            "POST /v1.44/containers/c1/stop": (304, {}),
        })
        monkeypatch.setenv("DOCKER_HOST", server.url.replace("http", "tcp"))
        return server

    return start


def run(task):
    task.command = ["run", "--config", "/sites/shop.yaml", "--channel", "meta", "--date", "2026-11-19"]
    task.execute({})


def test_the_container_is_closed_in(engine, task_of, monkeypatch):
    monkeypatch.setenv("LTV_DOCKER_MOUNTS", "/srv/ltv/sites:/sites:ro,ltv-data:/data")
    monkeypatch.setenv("LTV_DOCKER_NETWORK", "ltv")
    monkeypatch.setenv("META_ACCESS_TOKEN", "canary-token")
    monkeypatch.setenv("AIRFLOW_CONN_OTHER", "canary-of-the-worker")
    server = engine(0)
    run(task_of("docker"))
    (created,) = server.bodies("POST /v1.44/containers/create")
    golden("container.json", {key: value for key, value in created.items() if value not in (None, False, [], {})})
    removed = [asked for asked, _ in server.requests if asked.startswith("DELETE")]
    assert removed == ["DELETE /v1.44/containers/c1?v=False&link=False&force=True"]


def test_no_secret_is_part_of_the_dag(task_of, monkeypatch):
    from airflow.serialization.serialized_objects import DagSerialization

    monkeypatch.setenv("META_ACCESS_TOKEN", "canary-token")
    for runtime in ("host", "docker", "kubernetes"):
        dag = task_of(runtime).dag
        assert "canary-token" not in json.dumps(DagSerialization.to_dict(dag))


@pytest.mark.parametrize(("code", "end"), ENDS)
def test_exit_codes(engine, task_of, code, end):
    server = engine(code)
    with pytest.raises(end) as raised:
        run(task_of("docker"))
    assert getattr(raised.value, "exit_code", 99) == code
    assert [asked for asked, _ in server.requests][-1].startswith("DELETE")


def test_a_task_that_is_told_to_stop_gives_the_job_two_minutes(engine, task_of):
    server = engine(143)
    task = task_of("docker")
    with pytest.raises(JobFailed):
        run(task)
    task.on_kill()  # as after a timeout, when the container is gone already
    assert [asked for asked, _ in server.requests if "/stop" in asked] == ["POST /v1.44/containers/c1/stop?t=120"] * 2


def test_an_argument_is_never_a_template_file(task_of):
    for runtime in ("docker", "kubernetes"):
        assert task_of(runtime).template_ext == ()
