"""Asks a Prometheus every query of a dashboard: .ci/queries.py DASHBOARD ADDRESS. Each must be one, and have an answer unless nothing in the demo gives it one."""
import json
import pathlib
import sys
import time
import urllib.parse
import urllib.request

# the demo's channels have no limits and their tokens no end, nobody is told of its reports, nothing of it is held or late; its second run builds nothing
SILENT = {"ltv_dataset_removed_rows", "ltv_call_budget_used", "ltv_token_expiry_timestamp_seconds", "ltv_reports_untold", "ltv_dataset_held_partitions", "ltv_dataset_lag_seconds"}


def ask(address, query):
    url = f"{address}/api/v1/query?{urllib.parse.urlencode({'query': query})}"
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)["data"]["result"]


dashboard, address = json.loads(pathlib.Path(sys.argv[1]).read_text()), sys.argv[2]
for _ in range(100):
    if ask(address, 'count(up == 1) == count(up) and changes(ltv_run_end_timestamp_seconds[10m])'):
        break
    time.sleep(0.2)
# the dashboard shows daily runs; the demo's are of given days
queries = [(panel["title"], target["expr"].replace("$site", ".*").replace('command="run"', 'command="backfill"')) for panel in dashboard["panels"] for target in panel.get("targets", [])]
empty = [f"{title}: {query}" for title, query in queries if not ask(address, query) and not any(name in query for name in SILENT)]
print("\n".join(empty))
print(f"{len(queries)} queries, {len(empty)} without an answer")
sys.exit(bool(empty) or not queries)
