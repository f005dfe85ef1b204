"""What holds for every DAG and every task."""

import json
import socket
from datetime import timedelta

import pytest
import yaml
from conftest import DAGS, REPOSITORY, TESTS, load

RUNTIMES = ["host", "docker", "kubernetes"]


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_every_file_imports_without_network_or_database(runtime, monkeypatch):
    def refuse(*_):
        raise AssertionError("a DAG file asked the network")

    monkeypatch.setenv("LTV_RUNTIME", runtime)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr("sqlalchemy.engine.Engine.connect", refuse)
    bag = load()
    assert bag.import_errors == {}
    kinds = ("daily", "backfill", "weekly_reports", "maintenance", "watch")
    assert set(bag.dags) == {f"ltv_{kind}_{site}" for kind in kinds for site in ("shop", "vienna")} | {"ltv_watch_queues"}


def test_an_unknown_runtime_is_refused(monkeypatch):
    monkeypatch.setenv("LTV_RUNTIME", "bash")
    errors = load().import_errors.values()
    assert ["LTV_RUNTIME is bash; there are host, docker, kubernetes" in error for error in errors] == [True] * 5


def test_every_dag_tells_the_person_on_call_and_does_not_pile_up(bag):
    for dag in bag.dags.values():
        assert "**What runs.**" in dag.doc_md and "**What a red task asks.**" in dag.doc_md
        assert dag.max_active_runs == 1
        assert dag.catchup is False
        assert dag.dagrun_timeout
        assert dag.on_failure_callback
    for code in (3, 64, 65, 66, 69, 70, 74, 75, 77, 78, 99, 130, 137, 143):
        assert str(code) in bag.dags["ltv_daily_shop"].doc_md


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_every_task_is_bounded_retried_pooled_and_heard(runtime, monkeypatch):
    monkeypatch.setenv("LTV_RUNTIME", runtime)
    pools = {"default_pool", *json.loads((DAGS / "pools.json").read_text())}
    for dag in load().dags.values():
        for task in dag.tasks:
            assert task.execution_timeout, task
            assert task.retries == 3, task
            assert task.retry_exponential_backoff, task
            assert task.max_retry_delay <= timedelta(hours=1), task
            heard = [] if task.task_id in ("all_channels_arrived", "all_is_in_order") else ["tell_slack"]
            assert [callback.__name__ for callback in task.on_failure_callback or []] == heard, task
            assert task.pool in pools, task
            if task.task_id.startswith("ingest_"):
                assert task.pool == "api_" + task.task_id.removeprefix("ingest_")
            if task.task_id == "calculate":
                assert task.pool == "mart_writer"
            if task.task_id.startswith("report_"):
                assert task.pool == "report_writer"


def test_every_channel_that_a_site_may_have_has_a_pool():
    pools = json.loads((DAGS / "pools.json").read_text())
    for example in ("every-source", "demo"):
        channels = yaml.safe_load((REPOSITORY / f"examples/{example}.yaml").read_text())["channels"]
        assert {f"api_{channel}" for channel in channels} <= set(pools), example


def test_a_broken_site_file_fails_its_own_run_and_no_other(monkeypatch, tmp_path):
    for file in (TESTS / "sites").glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text())
    (tmp_path / "cut.yaml").write_text("site: [")
    (tmp_path / "empty.yaml").write_text("")
    (tmp_path / "evil.yaml").write_text("site: 'a; rm -rf'\nchannels: {meta: {}}")
    (tmp_path / "twin.yaml").write_text("site: vienna\nchannels: {meta: {}}")
    (tmp_path / "shop.copy.yaml").write_text("site: [")
    (tmp_path / "zone.yaml").write_text("site: zone\ntimezone: Asia/Soul\nchannels: {meta: {}}")
    monkeypatch.setenv("LTV_SITES", str(tmp_path))
    bag = load()
    assert bag.import_errors == {}
    assert "ingest_meta" in bag.dags["ltv_daily_shop"].task_ids
    for name in ("cut", "empty", "evil", "twin", "vienna", "zone"):
        assert bag.dags[f"ltv_daily_{name}"].task_ids == ["site_file_is_whole"]
        assert f"ltv_backfill_{name}" not in bag.dags


def test_a_site_file_without_a_folder_says_so(monkeypatch):
    monkeypatch.delenv("LTV_SITES")
    assert ["LTV_SITES is not set" in error for error in load().import_errors.values()] == [True] * 5


def test_images_without_a_tag_are_refused(monkeypatch):
    monkeypatch.setenv("LTV_RUNTIME", "docker")
    monkeypatch.delenv("LTV_IMAGE_TAG")
    assert ["LTV_IMAGE_TAG is not set" in error for error in load().import_errors.values()] == [True] * 5
