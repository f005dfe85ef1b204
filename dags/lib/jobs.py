"""One way to start a job, whatever runs it: the same arguments, the same names in the environment, the same exit codes."""

from __future__ import annotations

import os
from datetime import timedelta
from importlib import import_module

from airflow.sdk import task
from airflow.sdk.exceptions import AirflowFailException

from lib.alerts import tell_slack
from lib.sites import Site

RUNTIMES = {"host": "lib.on_host", "docker": "lib.on_docker", "kubernetes": "lib.on_kubernetes"}

DEFAULTS = {
    "retries": 3,
    "retry_delay": timedelta(minutes=1),  # a lock or a database is back in minutes: 1, 2 and 4
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(hours=1),
    "execution_timeout": timedelta(hours=2),  # of one try; a job that is told to stop ends between partitions and goes on from there
    "pool": "default_pool",
    "trigger_rule": "all_done",  # a silent channel holds nobody up: each job decides by the inputs it requires
    "do_xcom_push": False,
    "on_failure_callback": [tell_slack],
}


def job(name: str, site: Site, days, *, command: str = "run", channel: str | None = None, **settings):
    """
    A task that runs one job over some days.

    :param days: its flags, `["--date", …]` or `["--from", …, "--to", …]`; or the output of a task that lists such flags, one run each
    :param command: of the job, where it is not its daily run
    :param settings: of the task, where they differ from DEFAULTS
    """
    runtime = os.environ.get("LTV_RUNTIME", "host")
    if runtime not in RUNTIMES:
        raise ValueError(f"LTV_RUNTIME is {runtime}; there are {', '.join(RUNTIMES)}")
    operator = import_module(RUNTIMES[runtime]).JobOperator
    start = [*command.split(), "--config", site.config]
    if channel:
        start += ["--channel", channel]
        # call limits are counted by the hour: about 5, 10 and 20 minutes reach over most of one
        settings = {"task_id": f"ingest_{channel}", "pool": f"api_{channel}", "retry_delay": timedelta(minutes=5), **settings}
    told = {"task_id": name, **operator.settings(name, site), **settings}
    if isinstance(days, list):
        return operator(**told, **{operator.ARGUMENTS: [*start, *days]})
    return operator.partial(**told).expand(**{operator.ARGUMENTS: days.map(lambda week: [*start, *week])})


def image(name: str) -> str:
    """The image of a job."""
    if "LTV_IMAGE_TAG" not in os.environ:
        raise KeyError("LTV_IMAGE_TAG is not set: images are tagged with their commit")
    return f"{os.environ.get('LTV_IMAGE_PREFIX', 'ltv')}/{name}-job:{os.environ['LTV_IMAGE_TAG']}"


def memory_mb() -> int:
    """What a container may use: a quarter of it is Java's heap, DuckDB takes engine.memory_limit of the site file beside it."""
    return int(os.environ.get("LTV_MEMORY_MB", "4096"))


@task(execution_timeout=timedelta(minutes=5), on_failure_callback=[])
def all_channels_arrived(ti):
    """
    Fails the run when anything before it failed, so that a red channel under green marts is seen. Skipped is fine.
    Slack hears nothing of it: it has heard of what failed.
    """
    states = ti.get_task_states(dag_id=ti.dag_id, run_ids=[ti.run_id])[ti.run_id]
    failed = sorted(name for name, state in states.items() if state in ("failed", "upstream_failed"))
    if failed:
        raise AirflowFailException(f"Failed: {', '.join(failed)}. Mend these and clear them with what follows")


@task(execution_timeout=timedelta(minutes=5))
def site_file_is_whole(problem: str):
    """Fails: stands in for the daily run of a site whose file cannot be read."""
    raise AirflowFailException(problem)
