"""
### Weekly reports of a site

**What runs.** On Mondays at 07:00 of the site's zone, for the week that ended on Sunday: one `report_<type>` for each of the site file's
`reports.types`, in all of its languages. A report waits for the marts of Sunday: until they are built it ends with 66 and is tried again
after 15, 30 and 60 minutes. One that fails stops no other. What is published before is not touched; the same marts give the same
version again, and nobody is told twice of one.

**What a red task asks.** All of it may wait until the readers come to work.

| exit | what it asks |
|---|---|
| 66 | the marts of Sunday are not built: look at the daily run of Sunday; when it is done, clear this task |
| 75 | the place of the reports or a disk is away: mend it, then clear it |
| others | as in the daily run |

A mail or a message to Slack that could not be sent makes no task red: the log and the report's line say so, and clearing the task sends it.

**Another week.** `airflow dags trigger ltv_weekly_reports_<site> --conf '{"week": "2026-W47"}'`
"""

from datetime import timedelta

import pendulum
from airflow.sdk import DAG, CronDataIntervalTimetable, Param

from lib import days, sites
from lib.alerts import tell_slack_of_timeout
from lib.jobs import DEFAULTS, job

for site in sites.all_sites()[0]:
    with DAG(
        f"ltv_weekly_reports_{site.name}",
        # the interval starts on the Monday of the week that is reported
        schedule=CronDataIntervalTimetable("0 7 * * 1", timezone=site.timezone),
        start_date=pendulum.datetime(2026, 1, 1, tz=site.timezone),
        catchup=False,
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=12),
        params={"week": Param(None, type=["null", "string"], pattern=days.WEEK, description="Week to report, as 2026-W47")},
        user_defined_macros={"run_week": days.run_week},
        # 15, 30 and 60 minutes: a daily run that is late is mostly late by less
        default_args=DEFAULTS | {"retry_delay": timedelta(minutes=15)},
        on_failure_callback=tell_slack_of_timeout,
        doc_md=__doc__,
        tags=["ltv", site.name],
    ):
        week = ["--whole-week", "--week", f"{{{{ run_week(dag_run, '{site.timezone}') }}}}"]
        for report in site.reports:
            # one at a time, since each writes the index pages of all; a pool and not a chain, so that one that waits holds up no other
            job("calculate", site, [*week, "--type", report], command="report", task_id=f"report_{report}", pool="report_writer")
