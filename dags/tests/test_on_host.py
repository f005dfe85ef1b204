"""Jobs as processes: a small script in the place of java ends as it is told."""

import os
import threading
from pathlib import Path

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from lib.outcome import HOPELESS, MEANING, JobFailed, JobRefused, meaning

# every exit code of the jobs but 0, and how its task ends under each runtime
ENDS = [
    (99, AirflowSkipException),
    *((code, AirflowFailException) for code in (64, 65, 70, 77, 78)),
    *((code, JobFailed) for code in (3, 66, 69, 74, 75, 130, 137, 143)),
]


@pytest.fixture
def java(monkeypatch, tmp_path):
    """Puts a script in front of the PATH that writes down its arguments and environment."""

    def script(last: str) -> Path:
        told = tmp_path / "told"
        told.mkdir(exist_ok=True)
        file = tmp_path / "java"
        file.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {told}/arguments\nenv > {told}/environment\n{last}\n')
        file.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        return told

    return script


def ended(task):
    """The exception that a task ends with."""
    try:
        task.execute({})
    except Exception as end:
        return end
    return None


def test_exit_0_is_success(java, task_of):
    java("exit 0")
    assert ended(task_of("host")) is None


@pytest.mark.parametrize(("code", "end"), ENDS)
def test_exit_codes(java, task_of, code, end):
    java(f"exit {code}")
    with pytest.raises(end) as raised:
        task_of("host").execute({})
    if code != 99:
        assert str(raised.value) == f"exit {code}: {MEANING[code]}"
        assert raised.value.exit_code == code


def test_an_exit_code_that_nobody_knows_is_tried_again(java, task_of):
    java("exit 1")
    assert isinstance(ended(task_of("host")), JobFailed)


def test_only_what_another_try_may_mend_is_tried_again():
    assert not issubclass(JobFailed, (AirflowFailException, AirflowSkipException))


def test_a_signal_that_ends_the_jvm_is_tried_again(java, task_of):
    java("kill -9 $$")
    assert isinstance(ended(task_of("host")), JobFailed)


def test_every_exit_code_of_the_jobs_has_a_meaning():
    assert set(MEANING) == {3, 64, 65, 66, 69, 70, 74, 75, 77, 78, 99, 130, 137, 143}
    assert HOPELESS == {64, 65, 70, 77, 78}
    assert issubclass(JobRefused, AirflowFailException)
    assert meaning(None) == "no exit code: the log says more"
    assert meaning(1).startswith("an exit code that no job of ours uses")


def test_an_argument_stays_one_argument(java, task_of, tmp_path):
    told = java("exit 0")
    task = task_of("host")
    task.arguments = ["run", "--date", f"2026-11-19; touch {tmp_path}/broken $(touch {tmp_path}/broken) `touch {tmp_path}/broken`"]
    task.execute({})
    assert (told / "arguments").read_text().splitlines()[-1] == task.arguments[-1]
    assert not (tmp_path / "broken").exists()


def test_a_job_gets_its_jar_its_flags_and_only_the_secrets_of_its_site(java, task_of, monkeypatch):
    told = java("exit 0")
    monkeypatch.setenv("META_ACCESS_TOKEN", "canary-token")
    monkeypatch.setenv("AIRFLOW_CONN_OTHER", "canary-of-the-worker")
    monkeypatch.setenv("LTV_LOG_LEVEL", "debug")
    monkeypatch.setenv("LTV_JAVA_OPTS", "-Xmx1g -Da='b c'")
    task_of("host").execute({})
    arguments = (told / "arguments").read_text().splitlines()
    environment = (told / "environment").read_text()
    assert arguments[:3] == ["-Xmx1g", "-Da=b c", "-jar"]
    assert arguments[3].endswith("/ingest-job/target/ingest-job.jar")
    assert arguments[4:8] == ["run", "--config", "/sites/shop.yaml", "--channel"]
    assert "META_ACCESS_TOKEN=canary-token" in environment
    assert "LTV_LOG_LEVEL=debug" in environment
    assert "canary-of-the-worker" not in environment
    assert "AIRFLOW" not in environment


def test_a_task_that_is_told_to_stop_lets_the_job_end_cleanly(java, task_of, tmp_path):
    java(f"trap 'echo clean > {tmp_path}/end; exit 143' TERM\nwhile :; do sleep 0.1; done")
    task = task_of("host")
    threading.Timer(1, task.on_kill).start()
    end = ended(task)
    assert end.exit_code == 143
    assert (tmp_path / "end").read_text() == "clean\n"
