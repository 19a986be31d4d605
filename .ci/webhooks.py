"""Runs the snippets of docs/webhooks.md on a call that the tests have signed: usage webhooks.py SAMPLE WORK."""
import base64, json, pathlib, re, subprocess, sys

sample, work = json.loads(pathlib.Path(sys.argv[1]).read_text()), pathlib.Path(sys.argv[2])
text = pathlib.Path('docs/webhooks.md').read_text()
snippet = {name: re.search(f'```{name}\n(.*?)```', text, re.S)[1] for name in ('js', 'python')}
body = base64.b64decode(sample['body'])
changed = body.replace(b'pricing', b'pricinG', 1)
headers = {name.lower(): value for name, value in sample['headers'].items()}
at, signature = int(headers['webhook-timestamp']), headers['x-daimon-signature']
stranger = 'whsec_' + 'A' * 32
calls = [  # function, arguments, what is right
    ('verify', [sample['secret'], headers, body, at], True),
    ('verify', [sample['older'], headers, body, at], True),
    ('verify', [sample['secret'], headers, body, at + 301], False),
    ('verify', [sample['secret'], headers, changed, at], False),
    ('verify', [stranger, headers, body, at], False),
    ('verify', [sample['secret'], {}, body, at], False),
    ('verify_body', [sample['secret'], signature, body], True),
    ('verify_body', [sample['secret'], signature, changed], False),
    ('verify_body', [stranger, signature, body], False),
]
right = [wanted for _, _, wanted in calls]

python = {}
exec(snippet['python'], python)
found = [python[name](*arguments) for name, arguments, _ in calls]
assert found == right, f'Python: {found}, not {right}'

(work / 'verify.mjs').write_text(snippet['js'])
(work / 'calls.json').write_text(json.dumps(
    [[name.replace('_b', 'B'), [base64.b64encode(a).decode() if isinstance(a, bytes) else a for a in arguments]]
     for name, arguments, _ in calls]))
(work / 'run.mjs').write_text('''
import * as snippet from './verify.mjs';
import { readFileSync } from 'node:fs';
const calls = JSON.parse(readFileSync(new URL('calls.json', import.meta.url)));
console.log(JSON.stringify(calls.map(([name, [secret, given, body, ...now]]) =>
  snippet[name](secret, given, Buffer.from(body, 'base64'), ...now))));
''')
found = json.loads(subprocess.run(['node', work / 'run.mjs'], capture_output=True, text=True, check=True).stdout)
assert found == right, f'Node: {found}, not {right}'
print(f'{len(calls)} calls in Python and {len(calls)} in Node are judged rightly')
