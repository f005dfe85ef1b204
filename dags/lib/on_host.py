"""Jobs as processes of the worker: a JVM per task."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from airflow.providers.standard.hooks.subprocess import SubprocessHook
from airflow.sdk import BaseOperator

from lib.outcome import settle

REPOSITORY = Path(__file__).resolve().parents[2]
JAVA_OPTIONS = (
    "-XX:+UseSerialGC -XX:Tier4InvocationThreshold=100000 -XX:Tier4MinInvocationThreshold=100000 -XX:Tier4BackEdgeThreshold=2000000"
    " -XX:MaxRAMPercentage=25 -XX:+ExitOnOutOfMemoryError"
)
OF_THE_HOST = ("PATH", "HOME", "JAVA_HOME", "LANG", "LC_ALL", "TMPDIR")


def environment(variables: tuple[str, ...]) -> dict[str, str]:
    """What a job may know: the variables that its site file names. The worker's own secrets are not among them."""
    return {name: os.environ[name] for name in (*variables, "LTV_LOG_LEVEL") if name in os.environ}


class JobOperator(BaseOperator):
    """Runs a job's jar by its argument list. There is no shell, so nothing in an argument can become a command."""

    ARGUMENTS = "arguments"
    template_fields = ("arguments",)

    def __init__(self, *, jar: str, arguments: list[str], variables: tuple[str, ...], **settings) -> None:
        super().__init__(**settings)
        self.jar = jar
        self.arguments = arguments
        self.variables = variables
        self.process = SubprocessHook()

    @staticmethod
    def settings(name: str, site) -> dict:
        """Of one job of a site."""
        root = os.environ.get("LTV_JARS", REPOSITORY)
        return {"jar": f"{root}/{name}-job/target/{name}-job.jar", "variables": site.variables}

    def execute(self, context) -> None:
        flags = shlex.split(os.environ.get("LTV_JAVA_OPTS", JAVA_OPTIONS))
        host = {name: os.environ[name] for name in OF_THE_HOST if name in os.environ}
        settle(
            self.process.run_command(
                ["java", *flags, "-jar", self.jar, *self.arguments],
                env=host | environment(self.variables),
                cwd=os.environ.get("LTV_JARS", str(REPOSITORY)),
            ).exit_code
        )

    def on_kill(self) -> None:
        self.process.send_sigterm()
