"""What an exit code of a job asks of the scheduler, and of the person on call."""

from __future__ import annotations

from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

MEANING = {
    3: "out of memory (heap): raise the memory of the job",
    64: "wrong flags: mend the DAG",
    65: "a check failed: built and held, not published; a person decides",
    66: "an input is not ready: look at the stage before",
    69: "source unavailable or call limit reached: clear the task later, may wait until morning",
    70: "a bug: tell the developers, with the log",
    74: "outcome of a commit unknown: look with status, then clear the task",
    75: "conflict, lock, disk or database away: mend that, then clear the task",
    77: "source refused the credentials: renew the token, then clear the task",
    78: "wrong configuration: mend the site file or its secrets",
    99: "switched off for this site or day",
    130: "interrupted between partitions: clear the task",
    137: "killed, mostly by the memory limit of its container: raise it",
    143: "told to stop, clean end between partitions: clear the task",
}
SKIP = 99
HOPELESS = {64, 65, 70, 77, 78}  # the same again would end the same


class JobFailed(AirflowException):
    """A job ended in a way that another try may mend."""

    exit_code: int


class JobRefused(AirflowFailException):
    """A job ended in a way that no further try mends."""

    exit_code: int


def settle(exit_code: int) -> None:
    """Turns the exit code of a job into the outcome of its task."""
    if exit_code == 0:
        return
    if exit_code == SKIP:
        raise AirflowSkipException(MEANING[SKIP])
    end = (JobRefused if exit_code in HOPELESS else JobFailed)(f"exit {exit_code}: {meaning(exit_code)}")
    end.exit_code = exit_code
    raise end


def meaning(exit_code: int | None) -> str:
    """One line for the person on call."""
    if exit_code is None:
        return "no exit code: the log says more"
    return MEANING.get(exit_code, "an exit code that no job of ours uses: the log says more")
