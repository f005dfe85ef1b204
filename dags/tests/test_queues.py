"""Tasks that wait too long, asked of a real API server of Airflow."""

import json
import socket
import threading
import time
from datetime import datetime, timedelta, timezone
from urllib.error import HTTPError

import pytest
from airflow.sdk.exceptions import AirflowSkipException
from conftest import load
from lib import queues
from sqlalchemy import update

NOW = datetime(2026, 11, 19, 18, 0, tzinfo=timezone.utc)
QUARTER = timedelta(minutes=15)


@pytest.fixture(scope="module")
def api_server(database):
    """Airflow's own, in a thread, for one account."""
    import uvicorn
    from airflow.api_fastapi.app import create_app
    from airflow.api_fastapi.auth.managers.simple.simple_auth_manager import SimpleAuthManager
    from airflow.configuration import conf

    conf.set("core", "simple_auth_manager_users", "watch:viewer")
    with open(SimpleAuthManager.get_generated_password_file(), "w") as file:
        json.dump({"watch": "a-password"}, file)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(), host="127.0.0.1", port=port, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    for _ in range(600):
        if server.started:
            break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True


@pytest.fixture
def connected(api_server, monkeypatch):
    connection = {"conn_type": "http", "host": api_server, "login": "watch", "password": "a-password"}
    monkeypatch.setenv("AIRFLOW_CONN_AIRFLOW_LTV", json.dumps(connection))


@pytest.fixture
def wait(database):
    """Makes a run of the daily DAG, and lets one of its tasks wait since some moment."""
    from airflow.models.taskinstance import TaskInstance
    from airflow.utils.session import create_session

    run = load().dags["ltv_daily_shop"].test(logical_date=None)  # without a date, so that no job begins

    def one(task_id: str, state: str, since: datetime) -> str:
        moment = "queued_dttm" if state == "queued" else "scheduled_dttm"
        row = (TaskInstance.run_id == run.run_id) & (TaskInstance.task_id == task_id)
        with create_session() as session:
            session.execute(update(TaskInstance).where(row).values({"state": state, "queued_dttm": None, "scheduled_dttm": None, moment: since}))
        return run.run_id

    yield one
    with create_session() as session:  # what waits for ever would be told of by the next test
        session.execute(update(TaskInstance).where(TaskInstance.run_id == run.run_id).values(state="failed"))


def said(slack) -> list[str]:
    return [text for body in slack.bodies("POST") if "waits to be started" in (text := body["text"])]


def test_a_task_that_waits_too_long_is_told_of_once(connected, slack, wait):
    run_id = wait("ingest_meta", "scheduled", NOW - timedelta(minutes=70))
    for ago in (3, 2, 1, 0):
        queues.tell_of_waiting(NOW - (ago + 1) * QUARTER, NOW - ago * QUARTER)
    assert said(slack) == [
        "*ltv_daily_shop* / ingest_meta waits to be started since 2026-11-19 16:50 UTC\n"
        f"scheduled, run {run_id}: look what holds pool api_meta, and whether scheduler and workers are alive"
    ]


def test_the_watch_tells_of_it_and_the_setting_says_how_long_is_too_long(connected, slack, wait, monkeypatch):
    monkeypatch.setenv("LTV_QUEUED_MINUTES", "5")
    wait("cleanse", "queued", datetime.now(timezone.utc) - timedelta(minutes=10))
    run = load().dags["ltv_watch_queues"].test(logical_date=None)
    assert run.state == "success"
    assert [text.splitlines()[0].split(" waits")[0] for text in said(slack)] == ["*ltv_daily_shop* / cleanse"]


def test_who_waits_within_the_limit_is_left_alone(connected, slack, wait):
    wait("process", "queued", NOW - timedelta(minutes=59))
    assert queues.tell_of_waiting(NOW - QUARTER, NOW) == []


def test_a_refused_account_fails_the_look(api_server, monkeypatch):
    connection = {"conn_type": "http", "host": api_server, "login": "watch", "password": "wrong"}
    monkeypatch.setenv("AIRFLOW_CONN_AIRFLOW_LTV", json.dumps(connection))
    with pytest.raises(HTTPError):
        queues.waiting()


def test_without_a_connection_nobody_looks(database, monkeypatch):
    monkeypatch.delenv("AIRFLOW_CONN_AIRFLOW_LTV", raising=False)
    with pytest.raises(AirflowSkipException, match="AIRFLOW_CONN_AIRFLOW_LTV is not set"):
        queues.tell_of_waiting(NOW - QUARTER, NOW)
