"""
### Maintenance of a site

**What runs.** On Sundays at 13:00 of the site's zone, long after the daily run: `vacuum_<job>` for the four jobs one after another, then
`doctor_<job>`, then `models_in_use`. `vacuum` removes versions of tables that are older than two weeks (thirty stay in any case), files
that no version knows, and what landed longer ago than the site file's `keep_landing_days`. `doctor` tries databases, places and the
rights of each account, and says which tokens end soon. `models_in_use` writes into its log which models of customers are used and how near each came.

There is no compaction, because there is nothing to compact: a day is one file, and a run replaces it. What would grow are versions and
their metadata; weekly runs keep them to some hundred files a table. Models are fitted by the daily run, every `ltv.fit_every` days.

**What a red task asks.** All of it may wait until Monday; nothing that readers see depends on it. A vacuum that was not run is made good by the next.

| exit | what it asks |
|---|---|
| 66 | `models_in_use` only: no model is fitted yet, or yesterday is not built |
| 75 | conflict, lock, disk or database away: mend it, then clear the task |
| 77 | `doctor_ingest`: a source refuses its credentials: renew the token before the next daily run |
| others | as in the daily run |

**By hand.** `airflow dags trigger ltv_maintenance_<site>`, never beside a backfill: a run that takes longer than three days would lose
the files that it has not committed yet.
"""

from datetime import timedelta

import pendulum
from airflow.sdk import DAG, CronDataIntervalTimetable, Param, chain

from lib import days, sites
from lib.alerts import tell_slack_of_timeout
from lib.jobs import DEFAULTS, all_channels_arrived, job

JOBS = ("ingest", "cleanse", "process", "calculate")

for site in sites.all_sites()[0]:
    with DAG(
        f"ltv_maintenance_{site.name}",
        schedule=CronDataIntervalTimetable("0 13 * * 0", timezone=site.timezone),
        start_date=pendulum.datetime(2026, 1, 1, tz=site.timezone),
        catchup=False,
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=12),
        params={"date": Param(None, type=["null", "string"], pattern=days.DAY, description="Day to show models of, as 2026-11-19")},
        user_defined_macros={"day_before": days.day_before},
        default_args=DEFAULTS,
        on_failure_callback=tell_slack_of_timeout,
        doc_md=__doc__,
        tags=["ltv", site.name],
    ):
        yesterday = ["--date", f"{{{{ day_before(dag_run, '{site.timezone}') }}}}"]
        # a chain: two vacuums, or a vacuum and a doctor that writes, need not meet; one that fails stops no other
        tasks = [
            *(job(name, site, [], command="vacuum", task_id=f"vacuum_{name}") for name in JOBS),
            *(job(name, site, [], command="doctor", task_id=f"doctor_{name}") for name in JOBS),
            job("calculate", site, yesterday, command="model list", task_id="models_in_use"),
        ]
        chain(*tasks)
        tasks >> all_channels_arrived.override(task_id="all_is_in_order")()
