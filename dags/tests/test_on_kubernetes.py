"""Jobs as pods: the pod as it would be asked for, and what a pod that has ended says."""

import json

import pytest
from airflow.providers.common.compat.sdk import AirflowException
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from kubernetes.client import ApiClient
from kubernetes.client import models as k8s
from test_graph import golden
from test_on_host import ENDS


@pytest.fixture
def pod_task(api, task_of, monkeypatch, tmp_path):
    """A task whose cluster is a small server that knows one pod."""
    cluster = api({"GET /api/v1/namespaces/ltv/pods/p": (200, {"spec": {"containers": [{"name": "base"}]}})})
    config = tmp_path / "kubeconfig"
    config.write_text(json.dumps({
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "c", "cluster": {"server": cluster.url}}],
        "contexts": [{"name": "x", "context": {"cluster": "c", "user": ""}}],
        "current-context": "x",
    }))
    task = task_of("kubernetes")
    task.config_file = str(config)
    task.kubernetes_conn_id = None
    return task


def pod(phase: str, code: int | None) -> k8s.V1Pod:
    ended = code is not None and k8s.V1ContainerState(terminated=k8s.V1ContainerStateTerminated(exit_code=code))
    statuses = [
        k8s.V1ContainerStatus(name="sidecar", image="i", image_id="i", ready=False, restart_count=0, state=k8s.V1ContainerState()),
        k8s.V1ContainerStatus(name="base", image="i", image_id="i", ready=False, restart_count=0, state=ended or k8s.V1ContainerState()),
    ]
    spec = k8s.V1PodSpec(containers=[k8s.V1Container(name="base")])
    status = k8s.V1PodStatus(phase=phase, container_statuses=statuses)
    return k8s.V1Pod(metadata=k8s.V1ObjectMeta(name="p", namespace="ltv"), spec=spec, status=status)


def test_the_pod_is_closed_in(task_of, monkeypatch):
    monkeypatch.setenv("META_ACCESS_TOKEN", "canary-token")
    task = task_of("kubernetes")
    task.arguments = ["run", "--config", "/sites/shop.yaml", "--channel", "meta", "--date", "2026-11-19"]
    asked = ApiClient().sanitize_for_serialization(task.build_pod_request_obj(dry_run=True))
    assert asked["metadata"].pop("name").startswith("ltv-ingest-shop-")
    golden("pod.json", asked)
    assert "canary-token" not in json.dumps(asked)
    assert task.do_xcom_push is False


def test_exit_0_is_success(pod_task):
    remote = pod("Succeeded", 0)
    pod_task.cleanup(remote, remote)


@pytest.mark.parametrize(("code", "end"), ENDS)
def test_exit_codes(pod_task, code, end):
    remote = pod("Failed", code)
    with pytest.raises(end) as raised:
        pod_task.cleanup(remote, remote)
    assert getattr(raised.value, "exit_code", 99) == code


@pytest.mark.parametrize("code", [None, 0])
def test_a_pod_that_was_lost_is_tried_again(pod_task, code):
    remote = pod("Failed", code)
    with pytest.raises(AirflowException) as raised:
        pod_task.cleanup(remote, remote)
    assert not isinstance(raised.value, (AirflowFailException, AirflowSkipException))
