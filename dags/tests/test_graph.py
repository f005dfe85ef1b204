"""The shape of the DAGs and what they say to the jobs, as a file that a reviewer reads: write it anew with LTV_WRITE_GOLDEN=1."""

import json
import os
from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from airflow.sdk.exceptions import AirflowFailException
from airflow.serialization.encoders import coerce_to_core_timetable
from airflow.timetables.base import DataInterval, TimeRestriction
from conftest import TESTS
from pendulum import instance

SEOUL = ZoneInfo("Asia/Seoul")


def seoul(day: int, hour: int = 3):
    return instance(datetime(2026, 11, day, hour, tzinfo=SEOUL))


def timetable(dag):
    return coerce_to_core_timetable(dag.timetable)


def run(interval=None, **conf):
    ends = {"data_interval_start": interval and interval.start.in_timezone("UTC"), "data_interval_end": interval and interval.end.in_timezone("UTC")}
    return SimpleNamespace(conf=conf, **ends)


def runs(dag) -> dict:
    """Runs as Airflow makes them."""
    last = DataInterval(seoul(18), seoul(19))
    scheduled = timetable(dag).next_dagrun_info(
        last_automated_data_interval=last, restriction=TimeRestriction(earliest=None, latest=None, catchup=True)
    )
    return {
        "scheduled": run(scheduled.data_interval),
        "manual at 2026-11-20 03:00 KST": run(timetable(dag).infer_manual_data_interval(run_after=seoul(20))),
        "manual at 2026-11-20 15:00 KST": run(timetable(dag).infer_manual_data_interval(run_after=seoul(20, 15))),
        "manual with a date": run(None, date="2026-02-28"),
        "manual with a date and an interval": run(DataInterval(seoul(19), seoul(20)), date="2026-02-28"),
    }


def arguments(task, dag_run, **context) -> list[str]:
    """What the job is told in a run."""
    task = task.prepare_for_execution()
    task.render_template_fields({"dag_run": dag_run, "task": task, **context}, task.dag.get_template_env())
    return task.arguments


def shape(dag) -> dict:
    return {
        task.task_id: {
            "trigger_rule": str(task.trigger_rule.value if hasattr(task.trigger_rule, "value") else task.trigger_rule),
            "pool": task.pool,
            "then": sorted(task.downstream_task_ids),
        }
        for task in dag.topological_sort()
    }


def golden(name: str, actual: dict) -> None:
    file = TESTS / "golden" / name
    if os.environ.get("LTV_WRITE_GOLDEN"):
        file.write_text(json.dumps(actual, indent=2) + "\n")
    assert json.loads(file.read_text()) == actual


def test_the_daily_graph_and_its_arguments(bag):
    dag = bag.dags["ltv_daily_shop"]
    told = {
        name: {t.task_id: " ".join(arguments(t, dag_run)) for t in dag.topological_sort() if t.task_id != "all_channels_arrived"}
        for name, dag_run in runs(dag).items()
    }
    golden("ltv_daily_shop.json", {"tasks": shape(dag), "arguments": told})


def test_the_backfill_graph_and_its_arguments(bag):
    dag = bag.dags["ltv_backfill_shop"]
    params = {"from": "2026-11-01", "to": "2026-11-18"}
    told = {name: " ".join(arguments(dag.get_task(name), run(), params=params)) for name in ("cleanse", "process", "calculate")}
    golden("ltv_backfill_shop.json", {"tasks": shape(dag), "arguments": told})


def scheduled(dag, after: DataInterval):
    """The run that Airflow makes after one."""
    return timetable(dag).next_dagrun_info(
        last_automated_data_interval=after, restriction=TimeRestriction(earliest=None, latest=None, catchup=True)
    )


@pytest.mark.parametrize(
    ("kind", "last", "at"),
    [
        ("weekly_reports", DataInterval(seoul(9, 7), seoul(16, 7)), seoul(23, 7)),
        ("maintenance", DataInterval(seoul(8, 13), seoul(15, 13)), seoul(22, 13)),
        ("watch", DataInterval(seoul(18, 7), seoul(19, 7)), seoul(20, 7)),
    ],
)
def test_the_other_graphs_and_their_arguments(bag, kind, last, at):
    """Reports of the week that has ended, on Monday after the daily run; maintenance on Sunday; a look at each day that was to be built."""
    dag = bag.dags[f"ltv_{kind}_shop"]
    next_run = scheduled(dag, last)
    assert next_run.run_after == at
    asked = {"week": "2026-W07"} if kind == "weekly_reports" else {"date": "2026-02-28"}
    told = {
        name: {t.task_id: " ".join(arguments(t, dag_run)) for t in dag.topological_sort() if hasattr(t, "arguments")}
        for name, dag_run in {"scheduled": run(next_run.data_interval), "manual": run(None, **asked)}.items()
    }
    golden(f"ltv_{kind}_shop.json", {"tasks": shape(dag), "arguments": told})


@pytest.mark.parametrize("given", ["2026-W1", "2026-47", "W47", "2026-W47; reboot", "2026-W47\n", 202647])
def test_a_week_that_is_none_is_refused(bag, given):
    with pytest.raises(AirflowFailException, match="Not a week as 2026-W47"):
        arguments(bag.dags["ltv_weekly_reports_shop"].get_task("report_channel"), run(None, week=given))


def test_the_week_of_a_report_is_the_iso_week_of_its_monday_whatever_the_year(bag):
    monday = instance(datetime(2026, 12, 28, 7, tzinfo=SEOUL))
    asked = arguments(bag.dags["ltv_weekly_reports_shop"].get_task("report_channel"), run(DataInterval(monday, monday.add(days=7))))
    assert asked[asked.index("--week") + 1] == "2026-W53"


def test_a_scheduled_run_begins_at_three_in_seoul_and_is_for_the_day_before(bag):
    scheduled = timetable(bag.dags["ltv_daily_shop"]).next_dagrun_info(
        last_automated_data_interval=DataInterval(seoul(18), seoul(19)), restriction=TimeRestriction(None, None, True)
    )
    assert scheduled.run_after == seoul(20)
    assert scheduled.data_interval == DataInterval(seoul(19), seoul(20))


def test_the_day_is_the_sites_own(bag):
    task = bag.dags["ltv_daily_vienna"].get_task("ingest_file")
    vienna = instance(datetime(2026, 11, 19, 0, 30, tzinfo=ZoneInfo("Europe/Vienna")))
    assert arguments(task, run(DataInterval(vienna, vienna)))[-2:] == ["--date", "2026-11-19"]


def test_a_run_without_date_and_interval_is_refused(bag):
    with pytest.raises(AirflowFailException, match="no date: trigger it with --conf"):
        arguments(bag.dags["ltv_daily_shop"].get_task("cleanse"), run(None))


@pytest.mark.parametrize(
    "given", ["", "2026-11-1", "2026-02-30", "2026-11-19\n", "2026-11-19; reboot", "٢٠٢٦-11-19", 20261119, ["2026-11-19"]]
)
def test_a_date_that_is_none_is_refused(bag, given):
    with pytest.raises(AirflowFailException, match="Not a day as 2026-11-19"):
        arguments(bag.dags["ltv_daily_shop"].get_task("cleanse"), run(None, date=given))
