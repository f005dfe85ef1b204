"""Which days a run is for. Never the clock: a task that is cleared next month must ask for the same day again."""

from __future__ import annotations

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from airflow.sdk.exceptions import AirflowFailException

DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
WEEK = r"^[0-9]{4}-W[0-9]{2}$"


def run_day(dag_run, timezone: str) -> str:
    """The day of a run: conf `date` wins, else the day on which the run's data interval starts in the site's zone."""
    given = (dag_run.conf or {}).get("date")
    if given is not None:
        return day(given).isoformat()
    if dag_run.data_interval_start is None:
        raise AirflowFailException("This run has no date: trigger it with --conf '{\"date\": \"2026-11-19\"}'")
    # `ds` would be the day in UTC: 03:00 in Seoul is still the day before
    return dag_run.data_interval_start.astimezone(ZoneInfo(timezone)).date().isoformat()


def day_before(dag_run, timezone: str) -> str:
    """The last whole day before a run's data interval ends: conf `date` wins."""
    if (dag_run.conf or {}).get("date") is not None or dag_run.data_interval_end is None:
        return run_day(dag_run, timezone)
    return (dag_run.data_interval_end.astimezone(ZoneInfo(timezone)).date() - timedelta(days=1)).isoformat()


def run_week(dag_run, timezone: str) -> str:
    """The ISO week of a run: conf `week` wins, else the week in which the run's data interval starts in the site's zone."""
    given = (dag_run.conf or {}).get("week")
    if given is None:
        return "{0}-W{1:02d}".format(*date.fromisoformat(run_day(dag_run, timezone)).isocalendar())
    if not isinstance(given, str) or not re.fullmatch(WEEK.strip("^$"), given):
        raise AirflowFailException(f"Not a week as 2026-W47: {given!r}")
    return given


def day(text: object) -> date:
    """A day written as 2026-11-19, and in no other way."""
    try:
        if isinstance(text, str) and re.fullmatch(DAY.strip("^$"), text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise AirflowFailException(f"Not a day as 2026-11-19: {text!r}")


def weeks(first: str, last: str) -> list[list[str]]:
    """The flags of each week of a range, both ends inclusive; the last week may be short."""
    start, end = day(first), day(last)
    if end < start:
        raise AirflowFailException(f"from {first} is after to {last}")
    starts = [start + timedelta(days=n) for n in range(0, (end - start).days + 1, 7)]
    return [["--from", s.isoformat(), "--to", min(s + timedelta(days=6), end).isoformat()] for s in starts]
