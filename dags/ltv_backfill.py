"""
### Many days of a site

**What runs.** `airflow dags trigger ltv_backfill_<site> --conf '{"from": "2026-09-01", "to": "2026-11-18"}'`, both days inclusive.
Ingest asks each channel week by week, up to four weeks at a time and never more than the pool `api_<channel>` lets; when every week has
ended, `cleanse`, `process` and `calculate` run once each over the whole range.

Why not week by week to the end: who acquired a user depends on all earlier days. A week that is processed before an earlier one has arrived
counts wrong, and ends green.

**What a red task asks.** As in the daily run. All of it may wait until morning. Clear a red week with what follows it: finished days are
unchanged, and ingest repeats one week at most. The daily run may go on beside a backfill: a conflict ends one of the two with 75, and it
is tried again.
"""

from datetime import timedelta

import pendulum
from airflow.sdk import DAG, Param, task

from lib import days, sites
from lib.alerts import tell_slack_of_timeout
from lib.jobs import DEFAULTS, all_channels_arrived, job

weeks = task(days.weeks, task_id="weeks", do_xcom_push=True, execution_timeout=timedelta(minutes=5))

for site in sites.all_sites()[0]:
    with DAG(
        f"ltv_backfill_{site.name}",
        schedule=None,
        start_date=pendulum.datetime(2026, 1, 1, tz=site.timezone),
        catchup=False,
        max_active_runs=1,
        dagrun_timeout=timedelta(days=7),
        params={
            "from": Param(type="string", pattern=days.DAY, description="First day, as 2026-11-01"),
            "to": Param(type="string", pattern=days.DAY, description="Last day, inclusive"),
        },
        default_args=DEFAULTS | {"execution_timeout": timedelta(hours=12)},
        on_failure_callback=tell_slack_of_timeout,
        doc_md=__doc__,
        tags=["ltv", site.name],
    ):
        ranges = weeks("{{ params['from'] }}", "{{ params['to'] }}")
        whole = ["--from", "{{ params['from'] }}", "--to", "{{ params['to'] }}"]
        ingest = [
            job("ingest", site, ranges, channel=channel, trigger_rule="all_success", max_active_tis_per_dagrun=4)
            for channel in site.channels
        ]
        jobs = [job("cleanse", site, whole), job("process", site, whole), job("calculate", site, whole, pool="mart_writer")]
        ingest >> jobs[0] >> jobs[1] >> jobs[2]
        [ranges, *ingest, *jobs] >> all_channels_arrived()
