"""
### Daily run of a site

**What runs.** At 03:00 of the site's zone, for the day that has just ended: one `ingest_<channel>` per channel of the site file, then
`cleanse`, `process`, `calculate` over whatever arrived, then `all_channels_arrived`. Each job also rebuilds earlier days that changed.
Every task may be cleared at any time, alone or with what follows it: a job that finds nothing changed writes nothing.

**What a red task asks.** The exit code stands in the last lines of its log and in the message to Slack.

| exit | what it asks | may wait until morning |
|---|---|---|
| 65 | a check failed: the day is built and held, readers keep the version before; a person decides | yes |
| 66 | an input is not ready: the red task before it is the cause | with its cause |
| 69 | source unavailable or call limit reached, four tries long: clear it later | yes |
| 70 | a bug: send the log to the developers | yes, marts keep yesterday's rows |
| 74 | outcome of a commit unknown: look with `status`, then clear it | yes |
| 75 | conflict, lock, disk or database away: mend it, then clear it | no, if the disk is full or the database away |
| 77 | the source refused the credentials: renew the token, then clear it with what follows | yes, but some sources keep only days |
| 64, 78 | wrong flags or site file: undo the last deploy | no, every site may have it |
| 3, 137 | out of memory: raise `LTV_MEMORY_MB`, or lower `engine.memory_limit` | yes |
| 130, 143 | told to stop: it goes on when cleared | yes |
| 99 | (skipped, not red) the channel is switched off | nothing to do |

`all_channels_arrived` red after an `ingest_…`: all that can do without that channel is built, and `mart_status` names what
the marts lack; jobs red with 66 name what is not built. No run at all, or only `site_file_is_whole`: the site file cannot be read; mend it before the next 03:00.

**Another day.** `airflow dags trigger ltv_daily_<site> --conf '{"date": "2026-11-19"}'`. Many days: `ltv_backfill_<site>`.
"""

from datetime import timedelta

import pendulum
from airflow.sdk import DAG, CronDataIntervalTimetable, Param

from lib import days, sites
from lib.alerts import tell_slack_of_timeout
from lib.jobs import DEFAULTS, all_channels_arrived, job, site_file_is_whole

found, broken = sites.all_sites()


def daily(name: str, timezone: str) -> DAG:
    return DAG(
        f"ltv_daily_{name}",
        # a bare cron string would make the interval empty and the day one too late
        schedule=CronDataIntervalTimetable("0 3 * * *", timezone=timezone),
        start_date=pendulum.datetime(2026, 1, 1, tz=timezone),
        catchup=False,
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=20),  # ends before the next run begins
        params={"date": Param(None, type=["null", "string"], pattern=days.DAY, description="Day to build, as 2026-11-19")},
        user_defined_macros={"run_day": days.run_day},
        default_args=DEFAULTS,
        on_failure_callback=tell_slack_of_timeout,
        doc_md=__doc__,
        tags=["ltv", name],
    )


for site in found:
    with daily(site.name, site.timezone):
        day = ["--date", f"{{{{ run_day(dag_run, '{site.timezone}') }}}}"]
        ingest = [job("ingest", site, day, channel=channel) for channel in site.channels]
        jobs = [job("cleanse", site, day), job("process", site, day), job("calculate", site, day, pool="mart_writer")]
        ingest >> jobs[0] >> jobs[1] >> jobs[2]
        [*ingest, *jobs] >> all_channels_arrived()

for site in broken:
    with daily(site.name, "Asia/Seoul"):
        site_file_is_whole(site.problem)
