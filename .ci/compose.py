"""Mails that we composed, read by Python's email: what it reads is what was asked for, to the last byte.

usage: compose.py FOLDER      (NNN.eml and NNN.json, as ComposedForPythonTest writes them)

Ends with 1 at the first difference.
"""
import email
import email.header
import email.policy
import email.utils
import hashlib
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])


def addresses(message, older, name):
    """Addresses by the newer parser; names by the older one, for the newer puts blanks between encoded-words
    (python/cpython issue 128110)."""
    field = message[name]
    if field is None:
        return []
    names = [str(email.header.make_header(email.header.decode_header(name)))
             for name, _ in email.utils.getaddresses([older[name].replace("\r\n", "")])]
    assert len(names) == len(field.addresses), (names, field.addresses)
    return [[name, address.addr_spec] for name, address in zip(names, field.addresses)]


def text(part):
    # get_content() would do, but takes a last line end for granted.
    return part.get_payload(decode=True).decode(part.get_content_charset()).replace("\r\n", "\n")


def without_last_line_end(value):
    return value[:-1] if value.endswith("\n") else value


def leaves(message):
    if message.get_content_maintype() != "multipart":
        yield message
        return
    for part in message.iter_parts():
        yield from leaves(part)


def ids(message, name):
    field = message[name]
    return [] if field is None else str(field).split()


def file(part):
    found = {
        "filename": part.get_filename(),
        "type": part.get_content_type(),
        "disposition": part.get_content_disposition(),
        "content_id": None if part["Content-ID"] is None else str(part["Content-ID"]),
    }
    if found["type"] == "message/rfc822":
        found["subject"] = str(part.get_payload(0)["Subject"])
    else:
        found["sha256"] = hashlib.sha256(part.get_payload(decode=True)).hexdigest()
    return found


def read(raw):
    message = email.message_from_bytes(raw, policy=email.policy.default)
    older = email.message_from_bytes(raw)
    parts = list(leaves(message))
    plain = parts.pop(0)
    assert plain.get_content_type() == "text/plain"
    has_html = parts and parts[0].get_content_type() == "text/html" and parts[0].get_content_disposition() is None
    html = parts.pop(0) if has_html else None
    defects = [d for part in message.walk() for d in part.defects]
    fields = {name.lower() for name in message.keys()}
    return {
        "from": addresses(message, older, "From"),
        "reply_to": addresses(message, older, "Reply-To"),
        "to": addresses(message, older, "To"),
        "cc": addresses(message, older, "Cc"),
        "subject": str(message["Subject"] or ""),
        "date": int(message["Date"].datetime.timestamp()),
        "message_id": str(message["Message-ID"]),
        "in_reply_to": ids(message, "In-Reply-To"),
        "references": ids(message, "References"),
        "text": without_last_line_end(text(plain)),
        "html": None if html is None else text(html),
        "headers": {name: str(value) for name, value in message.items()
                    if name.lower().startswith(("x-test", "list-", "importance"))},
        "automatic": message["Auto-Submitted"] == "auto-replied",
        "hop": int(message["X-Daimon-Hop"] or 0),
        "files": [file(part) for part in parts],
        "defects": [repr(d) for d in defects],
        "bcc": "bcc" in fields,
        "twice": len(message.keys()) - len(fields),
    }


count = 0
for asked in sorted(folder.glob("*.json")):
    wanted = json.loads(asked.read_text(encoding="utf-8"))
    wanted["text"] = without_last_line_end(wanted["text"])
    for part in wanted["files"]:
        # get_filename() takes blanks of all kinds off.
        part["filename"] = part["filename"] and part["filename"].strip()
    wanted |= {"defects": [], "bcc": False, "twice": 0}
    found = read(asked.with_suffix(".eml").read_bytes())
    for name, value in wanted.items():
        if found[name] != value:
            print(f"{asked.with_suffix('.eml')}: {name}\n  asked for {value!r}\n  read      {found[name]!r}", file=sys.stderr)
            sys.exit(1)
    count += 1
if count == 0:
    print(f"no mails in {folder}", file=sys.stderr)
    sys.exit(1)
print(f"{count} composed mails read by Python {sys.version.split()[0]}: all as asked for")
