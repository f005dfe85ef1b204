"""What Slack hears."""

import json
import logging
from types import SimpleNamespace

import pytest
from lib.alerts import tell_slack, tell_slack_of_timeout
from lib.outcome import JobFailed, JobRefused, settle


@pytest.fixture
def context(bag):
    task = bag.dags["ltv_daily_shop"].get_task("ingest_meta")
    ti = SimpleNamespace(
        dag_id="ltv_daily_shop", task_id="ingest_meta", run_id="manual__1", try_number=4, log_url="http://airflow/log?try_number=4"
    )
    ti.task = task
    dag_run = SimpleNamespace(conf={"date": "2026-11-19"}, data_interval_start=None)
    return {"ti": ti, "dag_run": dag_run, "dag": task.dag, "run_id": "manual__1"}


def failed(code: int):
    with pytest.raises(JobFailed) as raised:
        settle(code)
    return raised.value


def said(slack) -> list[str]:
    return [body["text"] for body in slack.bodies("POST /services/T0/B0/a-secret-address")]


def test_it_hears_what_failed_what_that_means_and_where_to_look(slack, context):
    tell_slack(context | {"exception": failed(69)})
    assert said(slack) == [
        "*ltv_daily_shop* / ingest_meta failed with exit 69\n"
        "source unavailable or call limit reached: clear the task later, may wait until morning\n"
        "day 2026-11-19, run manual__1, try 4\n"
        "http://airflow/log?try_number=4"
    ]


def test_a_job_whose_input_is_missing_because_another_task_failed_is_no_incident_of_its_own(slack, context):
    states = {"ingest_meta": "running", "cleanse": "failed"}
    context["ti"].get_task_states = lambda **asked: {context["ti"].run_id: states}
    tell_slack(context | {"exception": failed(66)})
    assert said(slack) == []

    states["cleanse"] = "success"
    tell_slack(context | {"exception": failed(66)})
    assert said(slack)[0].splitlines()[0] == "*ltv_daily_shop* / ingest_meta failed with exit 66"


@pytest.mark.parametrize(
    ("code", "mend"),
    [
        (66, """mend: airflow dags trigger ltv_daily_shop --conf '{"date": "2026-11-19"}'"""),
        (65, "something is held, and a person decides: the log has the page, with the command"),
    ],
)
def test_marts_that_are_not_fresh_are_told_of_with_the_command_that_mends_them(bag, slack, context, code, mend):
    task = bag.dags["ltv_watch_shop"].get_task("marts_are_fresh")
    vars(context["ti"]).update(dag_id="ltv_watch_shop", task_id="marts_are_fresh", task=task)
    with pytest.raises((JobFailed, JobRefused)) as end:
        settle(code)
    tell_slack(context | {"exception": end.value})
    assert said(slack) == [
        f"*shop*: readers do not have all of 2026-11-19 (exit {code})\n{mend}\nhttp://airflow/log?try_number=4"
    ]


def test_it_hears_nothing_of_what_stood_in_an_error_or_in_conf(slack, context):
    context["dag_run"].conf = {"date": "kim@example.com", "token": "canary"}
    tell_slack(context | {"exception": ValueError("canary kim@example.com")})
    (text,) = said(slack)
    assert "canary" not in text and "kim" not in text
    assert "no exit code" in text and "day unknown" in text


def test_it_hears_the_range_of_a_backfill(slack, context):
    context["dag_run"].conf = {"from": "2026-11-01", "to": "2026-11-18"}
    tell_slack(context)
    assert "day 2026-11-01 to 2026-11-18," in said(slack)[0]


def test_it_hears_of_a_run_that_took_too_long_but_not_twice_of_one_that_failed(slack, context):
    tell_slack_of_timeout(context | {"reason": "task_failure"})
    tell_slack_of_timeout(context | {"reason": "timed_out"})
    assert said(slack) == ["*ltv_daily_shop* took too long and was stopped: run manual__1"]


@pytest.mark.parametrize("password", ["http://127.0.0.1:1/a-secret-address", "no address", None])
def test_a_slack_that_is_away_fails_nothing_and_keeps_its_address(context, monkeypatch, caplog, password):
    monkeypatch.setenv("AIRFLOW_CONN_SLACK_LTV", json.dumps({"conn_type": "http", "password": password}))
    with caplog.at_level(logging.WARNING):
        tell_slack(context)
    assert "Slack was not told" in caplog.text
    assert "address" not in caplog.text


def test_a_slack_that_refuses_fails_nothing(slack, context):
    slack.answers["POST"] = (404, {})
    tell_slack(context)
    assert len(said(slack)) == 1


def test_without_a_connection_nothing_fails(context, monkeypatch, database):
    monkeypatch.delenv("AIRFLOW_CONN_SLACK_LTV", raising=False)
    tell_slack(context)
    tell_slack({})
