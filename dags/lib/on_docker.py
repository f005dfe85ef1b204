"""Jobs as containers of a Docker engine."""

from __future__ import annotations

import os
from contextlib import suppress

from airflow.providers.docker.operators.docker import DockerOperator
from docker.errors import NotFound
from docker.types import Mount

from lib.jobs import image, memory_mb
from lib.on_host import environment
from lib.outcome import settle

STOP_SECONDS = 120  # a job that is told to stop finishes the partition it is at


class HardenedClient:
    """Docker's client, with what DockerOperator has no parameter for, and with our own reading of the exit code."""

    def __init__(self, client) -> None:
        self.client = client

    def __getattr__(self, name: str):
        return getattr(self.client, name)

    def create_host_config(self, **given):
        return self.client.create_host_config(
            **given,
            read_only=True,
            cap_drop=["ALL"],
            security_opt=["no-new-privileges"],
            pids_limit=512,
            memswap_limit=given["mem_limit"],  # swapping would only hide that memory is short
            tmpfs={"/tmp": "rw,exec,nosuid,mode=1777,size=512m"},  # exec: DuckDB unpacks its native library there
        )

    def wait(self, container: str) -> dict:
        ended = self.client.wait(container)
        settle(ended["StatusCode"])
        return ended

    def stop(self, container: str) -> None:
        with suppress(NotFound):  # already removed, when the task ran out of time
            self.client.stop(container, timeout=STOP_SECONDS)

    def remove_container(self, container: str, **how) -> None:
        self.stop(container)  # by force alone, a task that runs out of time would be killed in the middle of a partition
        self.client.remove_container(container, **how)


class JobOperator(DockerOperator):
    """Runs a job's image by its argument list."""

    ARGUMENTS = "command"
    template_ext = ()  # an argument that ends in .sh is an argument, not a file to read

    def __init__(self, *, variables: tuple[str, ...], **settings) -> None:
        super().__init__(**settings)
        self.variables = variables

    @staticmethod
    def settings(name: str, site) -> dict:
        """Of one job of a site."""
        return {
            "image": image(name),
            "variables": site.variables,
            "user": "10001:10001",
            "mem_limit": f"{memory_mb()}m",
            "network_mode": os.environ.get("LTV_DOCKER_NETWORK", "bridge"),
            "mounts": [mount(line) for line in os.environ.get("LTV_DOCKER_MOUNTS", "").split(",") if line],
            "mount_tmp_dir": False,  # a remote engine does not see the worker's disk
            "auto_remove": "force",
        }

    @property
    def cli(self):
        return HardenedClient(self.hook.api_client)

    def execute(self, context):
        # only now, so that no secret is part of the DAG
        self._private_environment = environment(self.variables)
        return super().execute(context)

    def on_kill(self) -> None:
        if self.container:  # removed by whoever waits for it, after the exit code is read
            self.cli.stop(self.container["Id"])


def mount(line: str) -> Mount:
    """`/srv/ltv/sites:/sites:ro` or `ltv-data:/data`."""
    source, target, *mode = line.split(":")
    return Mount(target, source, type="bind" if source.startswith("/") else "volume", read_only=mode == ["ro"])
