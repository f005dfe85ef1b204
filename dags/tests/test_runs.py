"""Whole runs: Airflow's own loop, the real jars as processes, the sandbox as the channels."""

import json
import subprocess
from datetime import timedelta

import pytest
from conftest import REPOSITORY, TESTS, load

pytestmark = pytest.mark.usefixtures("database")


DAY = "2026-11-18"
SUNDAY = "2026-11-15"


@pytest.fixture
def shop(monkeypatch, market, tmp_path):
    """A new shop."""
    monkeypatch.setenv("LTV_JOB_SITES", str(TESTS / "sites"))
    monkeypatch.setenv("LTV_HOME", str(tmp_path))
    for name, value in market.items():
        monkeypatch.setenv(name, value)
    return tmp_path


@pytest.fixture
def without_file(shop, monkeypatch):
    """A new shop whose jobs find a site file without the channel file, which the DAGs still have: a deploy that is half done."""
    monkeypatch.setenv("LTV_JOB_SITES", str(shop))
    whole = (TESTS / "sites/shop.yaml").read_text()
    (shop / "shop.yaml").write_text(whole[: whole.index("  file:")])
    return shop


def run(dag_id: str, **conf):
    """Runs a DAG to its end: its state, and of each task the state and the number of tries. Ingest has a second try, after a second."""
    dag = load().dags[dag_id]
    for task in dag.tasks:
        settings = task.partial_kwargs if hasattr(task, "partial_kwargs") else task.__dict__
        settings |= {"retries": 1 if "ingest" in task.task_id else 0, "retry_delay": timedelta(seconds=1), "retry_exponential_backoff": 0}
    dag_run = dag.test(run_conf=conf, logical_date=None)
    tasks = sorted(dag_run.get_task_instances(), key=lambda t: (t.task_id, t.map_index))
    return dag_run.state, {t.task_id + (f"[{t.map_index}]" if t.map_index >= 0 else ""): (t.state, t.try_number) for t in tasks}


def count(home, table: str, where: str) -> int:
    jar = REPOSITORY / "sandbox/target/sandbox.jar"
    query = f"select count(*) as n from {table} where {where}"
    done = subprocess.run(["java", "-jar", jar, "sql", home / "ltv_mart.duckdb", query], check=True, capture_output=True, text=True)
    return int(done.stdout.split()[-1])


def status(job: str, dataset: str) -> str:
    jar = REPOSITORY / f"{job}-job/target/{job}-job.jar"
    flags = ["--config", TESTS / "sites/shop.yaml", "--from", DAY, "--to", DAY]
    done = subprocess.run(["java", "-jar", jar, "status", *flags], capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])[f"status.{dataset}"]


def first_lines(slack) -> list[str]:
    return [body["text"].splitlines()[0] for body in slack.bodies("POST")]


def test_a_day_and_the_same_day_after_its_token_expired(without_file, slack, monkeypatch):
    state, tasks = run("ltv_daily_shop", date=DAY)
    assert tasks.pop("ingest_file") == ("skipped", 1)  # exit 99
    assert set(tasks.values()) == {("success", 1)}
    assert state == "success"
    assert count(without_file, "mart_campaign_daily", f"report_date = date '{DAY}' and spend > 0") > 0
    assert slack.requests == []

    monkeypatch.setenv("META_ACCESS_TOKEN", "expired")
    state, tasks = run("ltv_daily_shop", date=DAY)
    assert tasks.pop("ingest_file") == ("skipped", 1)
    assert tasks.pop("ingest_meta") == ("failed", 1)  # exit 77
    assert tasks.pop("all_channels_arrived") == ("failed", 1)
    assert set(tasks.values()) == {("success", 1)}
    assert state == "failed"
    assert count(without_file, "mart_campaign_daily", f"report_date = date '{DAY}' and spend > 0") > 0
    assert first_lines(slack) == ["*ltv_daily_shop* / ingest_meta failed with exit 77"]


def test_a_week_its_reports_the_look_of_the_morning_and_maintenance(without_file, slack):
    assert run("ltv_daily_shop", date="2026-11-14")[0] == "success"
    state, tasks = run("ltv_weekly_reports_shop", week="2026-W46")
    assert tasks == {"report_channel": ("failed", 1), "report_product": ("failed", 1)}  # exit 66: Sunday is not built
    assert state == "failed"
    assert not list((without_file / "reports").glob("**/report.json"))

    assert run("ltv_daily_shop", date=SUNDAY)[0] == "success"
    state, tasks = run("ltv_weekly_reports_shop", week="2026-W46")
    assert (state, tasks) == ("success", {"report_channel": ("success", 1), "report_product": ("success", 1)})
    assert len(list((without_file / "reports/shop/2026-W46").glob("*/*/report.json"))) == 2
    state, tasks = run("ltv_watch_shop", date=SUNDAY)
    assert (state, tasks) == ("success", {"marts_are_fresh": ("success", 1)})
    state, tasks = run("ltv_maintenance_shop", date=SUNDAY)
    assert set(tasks.values()) == {("success", 1)}
    assert state == "success"
    assert len(tasks) == 10

    state, tasks = run("ltv_watch_shop", date="2026-11-16")  # a day whose run never began
    assert (state, tasks) == ("failed", {"marts_are_fresh": ("failed", 1)})
    reports, marts = first_lines(slack)  # one incident each
    assert reports.startswith("*ltv_weekly_reports_shop* / report_") and reports.endswith("failed with exit 66")
    assert marts == "*shop*: readers do not have all of 2026-11-16 (exit 66)"


def test_a_channel_that_is_away_is_tried_again(shop, slack, api, monkeypatch):
    away = api({"": (400, "API calls limit has been reached")})
    monkeypatch.setenv("APPSFLYER_BASE_URL", away.url)
    (shop / f"orders-{DAY}.csv").write_text("customer_id,order_date,amount,currency\na,2026-11-18,1000,KRW\n")
    state, tasks = run("ltv_daily_shop", date=DAY)
    assert tasks["ingest_appsflyer"] == ("failed", 2)  # exit 69
    assert tasks["ingest_meta"] == tasks["ingest_file"] == ("success", 1)
    # exit 66: the tables of installs and events alone are not ready, and the marts of visits and paths; the rest goes on and is published
    assert tasks["cleanse"] == tasks["process"] == tasks["calculate"] == ("failed", 1)
    assert tasks["all_channels_arrived"] == ("failed", 1)
    assert state == "failed"
    assert status("process", "fct_ad_performance") == "1 of 1 built"
    assert status("calculate", "mart_path") == f"0 of 1 built; {DAY} waiting"
    assert count(shop, "mart_campaign_daily", f"report_date = date '{DAY}' and spend > 0") > 0
    assert count(shop, "mart_status", f"dataset = 'mart_campaign_daily' and part = '{DAY}' and missing like '%stg_install/{DAY}%'") == 1
    assert away.requests
    assert first_lines(slack) == ["*ltv_daily_shop* / ingest_appsflyer failed with exit 69"]  # what follows from it is no other incident


def test_a_run_without_a_date_starts_no_job(shop, slack):
    state, tasks = run("ltv_daily_shop")
    assert set(tasks.values()) == {("failed", 1)}
    assert state == "failed"
    assert list(shop.iterdir()) == []


def test_a_backfill_asks_week_by_week_and_builds_the_range(without_file, slack):
    state, tasks = run("ltv_backfill_shop", **{"from": "2026-11-10", "to": "2026-11-17"})
    assert {tasks.pop("ingest_file[0]"), tasks.pop("ingest_file[1]")} == {("skipped", 1)}
    assert set(tasks.values()) == {("success", 1)}
    assert {"ingest_meta[0]", "ingest_meta[1]", "ingest_appsflyer[1]", "all_channels_arrived"} <= set(tasks)
    assert state == "success"
    assert count(without_file, "mart_channel_daily", "report_date between date '2026-11-10' and date '2026-11-17' and spend > 0") == 8
