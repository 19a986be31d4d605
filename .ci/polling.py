"""Both seeds' polling loops against mail that comes late: 0-60 s between 250 and commit, and one redrive from the
dead-letter queue. Every mail must be handled at least once.

usage: polling.py WORK_FOLDER DAIMON_SCRIPT

The inbox sends too: nothing that it sends may come back to a loop.

The loops are the seeds' own, with the interval shortened: the first seed's `read` loop (JavaScript), the second seed's
`received_after` loop (JavaScript, and Python with its offset-less local times in three time zones).
"""
import json
import os
import pathlib
import random
import signal
import smtplib
import socket
import subprocess
import sys
import time
import urllib.request

work = pathlib.Path(sys.argv[1]).resolve()
daimon = pathlib.Path(sys.argv[2]).resolve()
INTERVAL = 3
MAILS = 40
SEED = int(os.environ.get("POLLING_SEED", time.time()))
random.seed(SEED)

READ_LOOP = """
import { appendFileSync } from 'node:fs';
const [base, inbox, key, seen] = process.argv.slice(2);
async function processMessage(message) {
  if (typeof message.text_body !== 'string') throw new Error('no text: ' + JSON.stringify(message));
  appendFileSync(seen, message.subject + '\\n');
}
async function markAsRead(inboxId, id, apiKey) {
  const answer = await fetch(`${base}/v1/inboxes/${inboxId}/messages/${id}`, {
    method: 'PATCH', headers: { 'Authorization': `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ read: true }) });
  if (answer.status !== 200) throw new Error('mark as read: ' + answer.status + ' ' + await answer.text());
}
async function pollMessages(inboxId, apiKey) {
  const response = await fetch(
    `${base}/v1/inboxes/${inboxId}/messages?sort=desc&limit=10`,
    {
      headers: {
        'Authorization': `Bearer ${apiKey}`
      }
    }
  );

  const data = await response.json();

  for (const message of data.result.messages) {
    if (!message.read) {
      await processMessage(message);
      await markAsRead(inboxId, message.id, apiKey);
    }
  }
}
setInterval(() => pollMessages(inbox, key), INTERVAL000);
"""

AFTER_LOOP_JS = """
import { appendFileSync } from 'node:fs';
const [base, inboxId, key, seen] = process.argv.slice(2);
const client = { inboxes: { listMessages: async (id, query) => {
  const answer = await fetch(`${base}/v1/inboxes/${id}/messages?` + new URLSearchParams(query),
    { headers: { Authorization: `Bearer ${key}` } });
  if (answer.status !== 200) throw new Error(answer.status + ' ' + await answer.text());
  return (await answer.json()).result;
} } };
async function handleInboundMessage(message) { appendFileSync(seen, message.subject + '\\n'); }
let lastCheckTime = new Date();
setInterval(async () => {
  const messages = await client.inboxes.listMessages(inboxId, {
    received_after: lastCheckTime.toISOString(),
    limit: 100,
  });
  for (const message of messages.messages) {
    await handleInboundMessage(message);
  }
  lastCheckTime = new Date();
}, INTERVAL000);
"""

AFTER_LOOP_PY = """
import json, sys, types, urllib.parse, urllib.request
base, inbox_id, key, seen = sys.argv[1:]
class Inboxes:
    def list_messages(self, inbox_id, **query):
        url = f"{base}/v1/inboxes/{inbox_id}/messages?{urllib.parse.urlencode(query)}"
        request = urllib.request.Request(url, headers={"Authorization": f"Bearer {key}"})
        result = json.load(urllib.request.urlopen(request))["result"]
        return types.SimpleNamespace(messages=[types.SimpleNamespace(**m) for m in
                                               [{k: v for k, v in m.items() if k != "from"} for m in result["messages"]]])
client = types.SimpleNamespace(inboxes=Inboxes())
def handle_inbound_message(message):
    with open(seen, "a") as file:
        file.write(message.subject + chr(10))
import time
from datetime import datetime
last_check_time = datetime.now()
while True:
    # Poll for new messages
    messages = client.inboxes.list_messages(
        inbox_id=inbox_id,
        received_after=last_check_time.isoformat(),
        limit=100
    )
    for message in messages.messages:
        handle_inbound_message(message)
    last_check_time = datetime.now()
    time.sleep(INTERVAL)
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def call(method, path, body=None, key=None):
    headers = {"Content-Type": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(base + path, json.dumps(body).encode() if body is not None else None, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        text = answer.read()
        return json.loads(text) if text else None


def send(number):
    with smtplib.SMTP("localhost", smtp_port) as smtp:
        smtp.sendmail("sam@sender.example", [address], f"From: sam@sender.example\r\nTo: {address}\r\n"
                      f"Message-ID: <{SEED}.{number}@sender.example>\r\nSubject: mail-{number}\r\n\r\nText {number}\r\n")


port, smtp_port = free_port(), free_port()
base = f"http://localhost:{port}"
log = open(work / "polling.log", "w")
server = subprocess.Popen([str(daimon), "local", "--ephemeral", "--port", str(port), "--smtp-port", str(smtp_port),
                           "--tier", "developer"],
                          stdout=log, stderr=subprocess.STDOUT)
loops = []
try:
    for _ in range(600):
        try:
            urllib.request.urlopen(base + "/health")
            break
        except OSError:
            time.sleep(0.1)
    made = call("POST", "/v1/inboxes", {"username": "poller"})["result"]
    address, inbox, key = made["email"], made["id"], made["inbox_api_key"]
    programs = {}

    def loop(name, command, code, zone="UTC"):
        file = work / f"{name}{'.mjs' if command == 'node' else '.py'}"
        file.write_text(code.replace("INTERVAL", str(INTERVAL)))
        seen = work / f"{name}.seen"
        seen.write_text("")
        programs[name] = seen
        loops.append((name, subprocess.Popen([command, str(file), base, inbox, key, str(seen)], env={**os.environ, "TZ": zone},
                                             stdout=log, stderr=log)))

    loop("read-loop", "node", READ_LOOP)
    loop("after-loop-js", "node", AFTER_LOOP_JS)
    for zone in ("UTC", "Asia/Tokyo", "America/New_York"):
        loop("after-loop-" + zone.replace("/", "-"), sys.executable, AFTER_LOOP_PY, zone)
    time.sleep(INTERVAL)

    # One mail fails until it is a dead letter, and is redriven at the end.
    call("POST", "/dev/faults", {"step": "s3-put", "action": "fail", "times": 5})
    send(0)
    begun = time.time()
    while call("GET", "/dev/queues")["inbound"]["dead"] < 1:
        assert time.time() - begun < 60, f"no dead letter: {call('GET', '/dev/queues')}"
        time.sleep(0.5)
    call("DELETE", "/dev/faults")

    for number in range(1, MAILS):
        if number % 3 == 0:
            delay = random.choice([1, 5, 20, 45, 58])
            call("POST", "/dev/faults", {"step": "inbound-notification", "action": "delay", "times": 1, "delay": f"PT{delay}S"})
        send(number)
        if number % 4 == 0:
            sent = call("POST", f"/v1/inboxes/{inbox}/send",
                        {"to": "sam@sender.example", "subject": f"own-{number}", "text": f"Text {number}"}, key)
            assert sent["result"]["status"] == "queued", sent
        time.sleep(random.uniform(0.5, 1.5))
    call("POST", "/dev/queues/inbound/redrive")

    wanted = {f"mail-{number}" for number in range(MAILS)}
    begun = time.time()
    while True:
        missing = {name: sorted(wanted - set(seen.read_text().split())) for name, seen in programs.items()}
        if not any(missing.values()):
            break
        for name, process in loops:
            assert process.poll() is None, f"{name} ended: see polling.log"
        assert time.time() - begun < 120, f"seed {SEED}: never handled: {missing}"
        time.sleep(1)
    outbox = call("GET", "/dev/outbox?limit=100")["mails"]
    assert len(outbox) == (MAILS - 1) // 4, f"the inbox sent {len(outbox)} mails"
    for name, seen in programs.items():
        assert "own-" not in seen.read_text(), f"{name} was given a mail of the inbox's own"
        print(f"{name}: {MAILS} mails handled, {len(seen.read_text().split()) - MAILS} seen again")
finally:
    for _, process in loops:
        process.kill()
    server.send_signal(signal.SIGTERM)
    server.wait(30)
