"""
### What nobody would see fail

**What runs.** `ltv_watch_<site>`, at 07:00 of the site's zone (`LTV_FRESH_BY`): `marts_are_fresh` prints the page of the morning (`calculate-job morning`)
for the day that the daily run of 03:00 was to build, and fails when not all of it is built and before readers, after three more tries in
seven minutes. It also finds a daily run that never began. `ltv_watch_queues`, every fifteen minutes: `nothing_waits_too_long` tells
Slack of each task that waits to be started for longer than `LTV_QUEUED_MINUTES` (60), once; backfills may wait. It asks Airflow's API by
`AIRFLOW_CONN_AIRFLOW_LTV` and is skipped without it. A dead scheduler starts no watch either: for that, look from outside
(`mart_publication.published_at`, or the metrics).

**What a red task asks.** The page in the log of `marts_are_fresh` has each thing to do with its command, the worst first.

| red | what it asks | may wait until morning |
|---|---|---|
| `marts_are_fresh`, 65 | something is held: a person decides, readers keep the version before | yes |
| `marts_are_fresh`, 66 | not all is built or before readers: the daily run still goes (look), failed (mend what it told of) or never began (trigger it) | it is morning |
| `marts_are_fresh`, 75 | the state database or the marts' is away: mend it, then clear the task | no |
| `nothing_waits_too_long` | Airflow's API does not answer, or refuses the account | yes |

Slack hears of a task that waits, and no task is red: look what holds its pool (a task that hangs is stopped by its `execution_timeout`),
and whether workers are alive. It may wait until morning, unless it is the daily run's.
"""

import os
from datetime import timedelta

import pendulum
from airflow.sdk import DAG, CronDataIntervalTimetable, Param, task

from lib import days, queues, sites
from lib.alerts import tell_slack_of_timeout
from lib.jobs import DEFAULTS, job

HOUR = int(os.environ.get("LTV_FRESH_BY", "7"))


def watch(name: str, cron: str, timezone: str, **more) -> DAG:
    return DAG(
        f"ltv_watch_{name}",
        schedule=CronDataIntervalTimetable(cron, timezone=timezone),
        start_date=pendulum.datetime(2026, 1, 1, tz=timezone),
        catchup=False,
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=3),
        default_args=DEFAULTS,
        on_failure_callback=tell_slack_of_timeout,
        doc_md=__doc__,
        tags=["ltv", name],
        **more,
    )


@task(execution_timeout=timedelta(minutes=5))
def nothing_waits_too_long(**context):
    """Looks at what became late since the last look, also when looks between were missed."""
    dag_run = context["dag_run"]
    until = dag_run.data_interval_end or dag_run.run_after
    since = context.get("prev_data_interval_end_success") or dag_run.data_interval_start or until - timedelta(minutes=15)
    queues.tell_of_waiting(since, until)


for site in sites.all_sites()[0]:
    with watch(
        site.name,
        f"0 {HOUR} * * *",
        site.timezone,
        params={"date": Param(None, type=["null", "string"], pattern=days.DAY, description="Day to look at, as 2026-11-19")},
        user_defined_macros={"run_day": days.run_day},
    ):
        day = ["--date", f"{{{{ run_day(dag_run, '{site.timezone}') }}}}"]
        job("calculate", site, day, command="morning", task_id="marts_are_fresh")

with watch("queues", "*/15 * * * *", "UTC"):
    nothing_waits_too_long()
