"""Tasks that wait to be started: for a slot of their pool, or for a worker."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException, AirflowSkipException

from lib.alerts import post

CONNECTION = "airflow_ltv"  # host: address of Airflow's API server; login and password of an account that may read
PAGE = 100
PATIENT = "ltv_backfill_"  # its tasks wait for their pool by design


def limit() -> timedelta:
    """How long a task may wait."""
    return timedelta(minutes=int(os.environ.get("LTV_QUEUED_MINUTES", "60")))


def tell_of_waiting(since: datetime, until: datetime) -> list[str]:
    """
    Tells Slack of each task whose wait became too long between two moments, so that it is told once however long it waits.

    :return: what it told
    """
    told = [sentence(ti, begun) for ti in waiting() if since <= (begun := began(ti)) + limit() < until]
    for text in told:
        post(lambda _, text=text: text, None)
    return told


def waiting() -> list[dict]:
    """Tasks of our DAGs that wait, as Airflow's API tells them."""
    try:
        server = BaseHook.get_connection(CONNECTION)
    except AirflowNotFoundException:
        raise AirflowSkipException(f"AIRFLOW_CONN_{CONNECTION.upper()} is not set: nobody looks for tasks that wait") from None
    token = asked(f"{server.host}/auth/token", {"username": server.login, "password": server.password}, {})["access_token"]
    found: list[dict] = []
    while True:
        page = urlencode({"state": ["queued", "scheduled"], "limit": PAGE, "offset": len(found), "order_by": "id"}, doseq=True)
        address = f"{server.host}/api/v2/dags/~/dagRuns/~/taskInstances?{page}"
        some = asked(address, None, {"Authorization": f"Bearer {token}"})["task_instances"]
        found += some
        if len(some) < PAGE:
            return [ti for ti in found if ti["dag_id"].startswith("ltv_") and not ti["dag_id"].startswith(PATIENT)]


def asked(address: str, body: dict | None, headers: dict) -> dict:
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(address, data, {"Content-Type": "application/json", **headers}), timeout=30) as answer:
        return json.load(answer)


def began(ti: dict) -> datetime:
    """When a task could have been started."""
    moments = [ti[name] for name in ("scheduled_when", "queued_when") if ti[name]]
    return min(map(datetime.fromisoformat, moments))


def sentence(ti: dict, begun: datetime) -> str:
    """The message of one task."""
    index = f"[{ti['map_index']}]" if ti["map_index"] >= 0 else ""
    return "\n".join([
        f"*{ti['dag_id']}* / {ti['task_id']}{index} waits to be started since {begun:%Y-%m-%d %H:%M} UTC",
        f"{ti['state']}, run {ti['dag_run_id']}: look what holds pool {ti['pool']}, and whether scheduler and workers are alive",
    ])
