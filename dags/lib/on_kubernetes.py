"""Jobs as pods."""

from __future__ import annotations

import os

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.sdk.exceptions import AirflowException
from kubernetes.client import models as k8s

from lib.jobs import image, memory_mb
from lib.outcome import settle

STOP_SECONDS = 120  # a job that is told to stop finishes the partition it is at


class JobOperator(KubernetesPodOperator):
    """Runs a job's image by its argument list."""

    ARGUMENTS = "arguments"
    template_ext = ()  # an argument that ends in .json is an argument, not a file to read

    @staticmethod
    def settings(name: str, site) -> dict:
        """Of one job of a site."""
        memory = f"{memory_mb()}Mi"
        sites = os.environ.get("LTV_JOB_SITES", "/sites")
        plain = site.name.replace("_", "-")  # names of Kubernetes have no underscore
        return {
            "image": image(name),
            "name": f"ltv-{name}-{plain}",
            "labels": {"ltv-job": name, "ltv-site": site.name},
            "namespace": os.environ.get("LTV_K8S_NAMESPACE", "ltv"),
            "image_pull_policy": "IfNotPresent",
            "env_from": [k8s.V1EnvFromSource(secret_ref=k8s.V1SecretEnvSource(name=f"ltv-{plain}"))],
            "automount_service_account_token": False,
            "security_context": k8s.V1PodSecurityContext(
                run_as_non_root=True,
                run_as_user=10001,
                run_as_group=10001,
                fs_group=10001,
                seccomp_profile=k8s.V1SeccompProfile(type="RuntimeDefault"),
            ),
            "container_security_context": k8s.V1SecurityContext(
                read_only_root_filesystem=True,
                allow_privilege_escalation=False,
                capabilities=k8s.V1Capabilities(drop=["ALL"]),
            ),
            "container_resources": k8s.V1ResourceRequirements(requests={"cpu": "1", "memory": memory}, limits={"memory": memory}),
            "volumes": [
                k8s.V1Volume(name="tmp", empty_dir=k8s.V1EmptyDirVolumeSource(size_limit="512Mi")),
                k8s.V1Volume(name="sites", config_map=k8s.V1ConfigMapVolumeSource(name="ltv-sites")),
                k8s.V1Volume(name="data", persistent_volume_claim=k8s.V1PersistentVolumeClaimVolumeSource(claim_name="ltv-data")),
            ],
            "volume_mounts": [
                k8s.V1VolumeMount(name="tmp", mount_path="/tmp"),
                k8s.V1VolumeMount(name="sites", mount_path=sites, read_only=True),
                k8s.V1VolumeMount(name="data", mount_path="/data"),
            ],
            "termination_grace_period": STOP_SECONDS,
            "startup_timeout_seconds": 600,
            "log_pod_spec_on_failure": False,
        }

    def cleanup(self, pod, remote_pod, *rest, **named) -> None:
        try:
            super().cleanup(pod, remote_pod, *rest, **named)
        except AirflowException:
            if code := exit_code(remote_pod, self.base_container_name):
                settle(code)
            raise  # evicted, or its node was lost: another try


def exit_code(pod, container: str) -> int | None:
    """How the container ended; nothing when it never ran or the node was lost."""
    for status in (pod.status.container_statuses or []) if pod and pod.status else []:
        if status.name == container and status.state and status.state.terminated:
            return status.state.terminated.exit_code
    return None
