"""Tells Slack that a task failed for good."""

from __future__ import annotations

import json
import logging
from urllib.request import Request, urlopen

from airflow.sdk import BaseHook

from lib.days import day, run_day
from lib.outcome import meaning

HELD = 65
NOT_READY = 66
CONNECTION = "slack_ltv"  # its password is the whole address of the webhook
log = logging.getLogger(__name__)


def tell_slack(context) -> None:
    """Failure callback. Says where to look; never what stood in the log, in conf or in an error, where secrets or personal data may be."""
    if not follows_from_another(context):
        post(text, context)


def tell_slack_of_timeout(context) -> None:
    """Failure callback of a DAG: a run that is out of time ends without its tasks' callbacks."""
    if context.get("reason") == "timed_out":
        post(lambda c: f"*{c['dag'].dag_id}* took too long and was stopped: run {c['run_id']}", context)


def follows_from_another(context) -> bool:
    """Whether a job found its input not ready and another task of the run has failed: that was told of, and is the one to mend."""
    try:
        if context["exception"].exit_code != NOT_READY:
            return False
        ti = context["ti"]
        states = ti.get_task_states(dag_id=ti.dag_id, run_ids=[ti.run_id])[ti.run_id]
        return any(state == "failed" for name, state in states.items() if name != ti.task_id)
    except Exception:  # rather told twice than not at all
        return False


def post(message, context) -> None:
    """Sends a message, or leaves a line in the log."""
    try:
        webhook = BaseHook.get_connection(CONNECTION).password
        body = json.dumps({"text": message(context)}).encode()
        urlopen(Request(webhook, body, {"Content-Type": "application/json"}), timeout=10).close()
    except Exception as problem:  # a callback that raises would hide the failure it was to tell; an address is a secret
        log.warning("Slack was not told: %s", type(problem).__name__)


def text(context) -> str:
    """The message."""
    ti, dag_run = context["ti"], context["dag_run"]
    exit_code = getattr(context.get("exception"), "exit_code", None)
    if ti.task_id == "marts_are_fresh":
        return stale(ti, day_of(dag_run, ti), exit_code)
    return "\n".join([
        f"*{ti.dag_id}* / {ti.task_id} failed" + (f" with exit {exit_code}" if exit_code is not None else ""),
        meaning(exit_code),
        f"day {day_of(dag_run, ti)}, run {ti.run_id}, try {ti.try_number}",
        ti.log_url,
    ])


def stale(ti, day: str, exit_code: int | None) -> str:
    """The message that readers do not have what they should have by now, and what mends it."""
    site = ti.dag_id.removeprefix("ltv_watch_")
    mend = (
        "something is held, and a person decides: the log has the page, with the command"
        if exit_code == HELD
        else f"mend: airflow dags trigger ltv_daily_{site} --conf '{{\"date\": \"{day}\"}}'"
    )
    return "\n".join([f"*{site}*: readers do not have all of {day} (exit {exit_code})", mend, ti.log_url])


def day_of(dag_run, ti) -> str:
    """The day or days that the run is for."""
    try:
        conf = dag_run.conf or {}
        if "from" in conf:
            return f"{day(conf['from'])} to {day(conf.get('to'))}"
        return run_day(dag_run, str(ti.task.dag.timezone))
    except Exception:
        return "unknown"
