"""Weeks of a backfill."""

import pytest
from airflow.sdk.exceptions import AirflowFailException
from lib.days import weeks


def test_a_range_is_cut_into_weeks_that_touch_and_end_with_it():
    assert weeks("2026-02-20", "2026-03-06") == [
        ["--from", "2026-02-20", "--to", "2026-02-26"],
        ["--from", "2026-02-27", "--to", "2026-03-05"],
        ["--from", "2026-03-06", "--to", "2026-03-06"],
    ]


def test_one_day_is_one_short_week():
    assert weeks("2026-11-19", "2026-11-19") == [["--from", "2026-11-19", "--to", "2026-11-19"]]


def test_seven_days_are_one_week():
    assert len(weeks("2026-11-01", "2026-11-07")) == 1
    assert len(weeks("2026-11-01", "2026-11-08")) == 2


def test_a_range_that_runs_backwards_is_refused():
    with pytest.raises(AirflowFailException, match="from 2026-11-20 is after to 2026-11-19"):
        weeks("2026-11-20", "2026-11-19")
