"""Runs the code samples of the first seed, unchanged but for the base address, each on fresh data.

usage: seeds.py SEED_FILE WORK_FOLDER DAIMON_SCRIPT

Each sample runs up to its webhook step, which the free tier answers with 402 and `result: null`. Then the provisioning
calls of the run are made a second time with the first run's account key: same inboxes, working keys.
"""
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

seed = pathlib.Path(sys.argv[1]).read_text()
work = pathlib.Path(sys.argv[2]).resolve()
daimon = pathlib.Path(sys.argv[3]).resolve()


def between(start, end):
    begin = seed.index(start)
    return seed[begin:seed.index(end, begin) + len(end)]


TYPESCRIPT = between("import fetch from 'node-fetch';", "main().catch(console.error);")
PYTHON = between("import requests\n", "\n    main()\n")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, name):
        self.port = free_port()
        self.log = open(work / f"{name}.log", "w")
        self.process = subprocess.Popen(
            [str(daimon), "local", "--ephemeral", "--port", str(self.port), "--smtp-port", str(free_port())],
            stdout=self.log, stderr=subprocess.STDOUT)

    def __enter__(self):
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://localhost:{self.port}/health")
                return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise SystemExit(f"no server: see {self.log.name}")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def call(method, url, headers, body):
    request = urllib.request.Request(url, body.encode() if body else None, headers, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def again(records, base):
    """The second half: the same provisioning calls with the first run's account key."""
    account_key = records[0]["reply"]["result"]["account_api_key"]
    provisions = [r for r in records if "/inboxes" in r["url"]]
    assert len(provisions) == 4, f"{len(provisions)} provisioning calls"
    headers = {"Authorization": f"Bearer {account_key}", "Content-Type": "application/json"}
    for record in provisions:
        status, reply = call("POST", record["url"], headers, record["body"])
        assert status == 200, (status, reply)
        first, second = record["reply"]["result"], reply["result"]
        assert first["id"] == second["id"] and first["email"] == second["email"], (first, second)
        assert reply.get("replayed") is True or second.get("replayed") is True, reply
        for key in (first["inbox_api_key"], second["inbox_api_key"]):
            status, listed = call("GET", f"{base}/inboxes/{first['id']}/messages", {"Authorization": f"Bearer {key}"}, None)
            assert status == 200 and listed["result"]["messages"] == [], (status, listed)
    hook = [r for r in records if "/webhooks" in r["url"]]
    assert len(hook) == 1 and hook[0]["status"] == 402 and hook[0]["reply"]["result"] is None, hook
    assert hook[0]["reply"]["error"] == "WEBHOOK_REQUIRES_PAID", hook


def with_base(code, port):
    code, changes = re.subn(r"https://api\.daimon\.email/v1", f"http://localhost:{port}/v1", code)
    assert changes == 1, changes
    return code


RECORD_JS = """
import fetch from 'node-fetch-real';
import { appendFileSync } from 'node:fs';
export default async function (url, init) {
  const response = await fetch(url, init);
  const reply = await response.clone().json();
  appendFileSync(process.env.RECORD, JSON.stringify({ url, body: init.body, status: response.status, reply }) + '\\n');
  return response;
}
"""

RECORD_PY = """
import json, os, requests
_post = requests.post
def post(url, **options):
    response = _post(url, **options)
    with open(os.environ['RECORD'], 'a') as record:
        record.write(json.dumps({'url': url, 'body': json.dumps(options['json']), 'status': response.status_code, 'reply': response.json()}) + chr(10))
    return response
requests.post = post
import runpy, sys
runpy.run_path(sys.argv[1], run_name='__main__')
"""


def records_of(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def run(name, prepare):
    with Server(name) as server:
        record = work / f"{name}.jsonl"
        record.write_text("")
        command = prepare(server.port)
        ran = subprocess.run(command, cwd=work, env={**os.environ, "RECORD": str(record)}, text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert ran.returncode == 0 and "Platform provisioning complete" in ran.stdout, ran.stdout
        again(records_of(record), f"http://localhost:{server.port}/v1")
        print(f"seed sample in {name}: ran, provisioned again with the first run's key")


def typescript(port):
    (work / "sample.ts").write_text(with_base(TYPESCRIPT, port))
    (work / "record.mjs").write_text(RECORD_JS)
    subprocess.run(["npx", "esbuild", "sample.ts", "--bundle", "--platform=node", "--format=esm", "--outfile=sample.mjs",
                    "--alias:node-fetch=./record.mjs", "--external:node-fetch-real", "--log-level=error"], cwd=work, check=True)
    return ["node", "sample.mjs"]


def python(port):
    (work / "sample.py").write_text(with_base(PYTHON, port))
    (work / "record.py").write_text(RECORD_PY)
    return [sys.executable, "record.py", "sample.py"]


run("typescript", typescript)
run("python", python)
