"""An Airflow of its own for the tests, in a temporary folder, and the servers that they talk to."""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
DAGS = TESTS.parent
REPOSITORY = DAGS.parent

# before Airflow is imported, since it reads these only once
home = tempfile.mkdtemp(prefix="ltv-airflow-")
atexit.register(shutil.rmtree, home, ignore_errors=True)
os.environ |= {
    "AIRFLOW_HOME": home,
    "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
    "AIRFLOW__API_AUTH__JWT_SECRET": "a-secret-of-the-tests-that-is-long-enough-to-sign-with-it-sixty-four-bytes",
    "LTV_SITES": str(TESTS / "sites"),
    "LTV_JOB_SITES": "/sites",
    "LTV_IMAGE_TAG": "0123abc",
}
for name in ("LTV_RUNTIME", "LTV_IMAGE_PREFIX", "LTV_MEMORY_MB", "LTV_JARS", "DOCKER_HOST"):
    os.environ.pop(name, None)
sys.path.insert(0, str(DAGS))


def load():
    """The DAGs as Airflow reads them, in the environment of now."""
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(DAGS))


@pytest.fixture(scope="session")
def bag():
    return load()


@pytest.fixture
def task_of(monkeypatch):
    """One task of the shop's daily DAG under a runtime."""

    def one(runtime: str, task_id: str = "ingest_meta"):
        monkeypatch.setenv("LTV_RUNTIME", runtime)
        bag = load()
        assert bag.import_errors == {}
        return bag.dags["ltv_daily_shop"].get_task(task_id)

    return one


@pytest.fixture(scope="session")
def database():
    from airflow.utils.db import initdb

    initdb()


class FakeApi:
    """A local server that remembers what it was asked. Answers: the start of `METHOD path` to (status, body), the last that fits wins."""

    def __init__(self, answers=()):
        self.answers = {"": (200, {}), **dict(answers)}
        self.requests = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                asked = f"{self.command} {self.path}"
                outer.requests.append((asked, body))
                status, said = [outer.answers[a] for a in outer.answers if asked.startswith(a)][-1]
                said = (said if isinstance(said, str) else json.dumps(said)).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(said)))
                if status == 429:
                    self.send_header("Retry-After", "0")
                self.end_headers()
                self.wfile.write(said)

            do_GET = do_POST = do_DELETE = do_PATCH = answer

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def bodies(self, start: str) -> list:
        return [json.loads(body) for asked, body in self.requests if asked.startswith(start)]


@pytest.fixture
def api():
    """Starts local servers, and ends them."""
    started = []

    def start(answers=()):
        started.append(FakeApi(answers))
        return started[-1]

    yield start
    for fake in started:
        fake.server.shutdown()
        fake.server.server_close()


@pytest.fixture
def slack(api, monkeypatch):
    server = api()
    connection = {"conn_type": "http", "password": f"{server.url}/services/T0/B0/a-secret-address"}
    monkeypatch.setenv("AIRFLOW_CONN_SLACK_LTV", json.dumps(connection))
    return server


@pytest.fixture(scope="session")
def market(tmp_path_factory):
    """The environment of a site whose channels the sandbox plays, from 2026-11-10 to 2026-11-19."""
    folder = tmp_path_factory.mktemp("sandbox")
    ready = folder / "ready.env"
    jar = REPOSITORY / "sandbox/target/sandbox.jar"
    flags = ["--seed", "7", "--from", "2026-11-10", "--days", "10", "--truth", folder / "truth.json", "--ready", ready]
    flags += ["--parent", os.getpid()]
    with open(folder / "log", "w") as log:
        process = subprocess.Popen(["java", "-jar", str(jar), "serve", *map(str, flags)], stdout=log, stderr=log)
    try:
        for _ in range(600):
            if ready.exists():
                break
            assert process.poll() is None, (folder / "log").read_text()
            time.sleep(0.1)
        yield dict(line.split("=", 1) for line in ready.read_text().splitlines()) | {"LTV_HASH_KEY": "test-key-not-a-secret"}
    finally:
        process.terminate()
        process.wait(20)
