"""Reads a bill of materials: licences.py BOM ZIP REPORT.

Fails where a library has no licence that .ci/licences.txt allows, where one library is there in two versions, and where the
archive of the functions holds a jar that the bill does not name or that has a licence of its own terms. Writes the report:
each library with its licences.
"""
import json
import pathlib
import re
import sys
import zipfile

bom, archive, report = sys.argv[1:]
allowed, named = set(), {}
for line in pathlib.Path(__file__).with_name("licences.txt").read_text().splitlines():
    if line and not line.startswith("#"):
        library, _, reason = line.partition(" = ")
        if reason:
            licence, _, _ = reason.partition(": ")
            named[library] = licence
        else:
            allowed.add(line)


def licences(component):
    for each in component.get("licenses", []):
        licence = each.get("license", {})
        yield each.get("expression") or licence.get("id") or licence.get("name")


faults, rows, versions, jars, seen = [], [], {}, set(), set()
for component in json.load(open(bom))["components"]:
    library = f"{component.get('group')}:{component['name']}"
    jars.add(f"{component['name']}-{component['version']}")
    if component.get("group") == "email.daimon":
        continue
    found = list(licences(component))
    versions.setdefault(library, set()).add(component["version"])
    rows.append((library, component["version"], ", ".join(found)))
    if library in named:
        seen.add(library)
        if named[library] not in found:
            faults.append(f"{library} has {found} and not {named[library]} any more: look at its text")
    elif not allowed.intersection(found):
        faults.append(f"{library} {component['version']}: {found or 'no licence'} is not in .ci/licences.txt")
faults += [f"{library} is in .ci/licences.txt and not in use" for library in named.keys() - seen]
faults += [f"{library} in several versions: {', '.join(sorted(v))}" for library, v in versions.items() if len(v) > 1]

shipped = set()
with zipfile.ZipFile(archive) as opened:
    for name in opened.namelist():
        if name.startswith("lib/") and name.endswith(".jar"):
            shipped.add(re.sub(r"-\d{8}\.\d{6}-\d+$", "-SNAPSHOT", name.rsplit("/", 1)[1].removesuffix(".jar")))
faults += [f"{archive} holds {jar}, which the bill of materials does not name" for jar in sorted(shipped - jars)]
faults += [f"{archive} holds {library}" for library in named if any(j.startswith(library.split(":")[1] + "-") for j in shipped)]

with open(report, "w") as out:
    print("| library | version | licence | shipped |\n|---|---|---|---|", file=out)
    for library, version, found in sorted(rows):
        there = "yes" if f"{library.split(':')[1]}-{version}" in shipped else ""
        print(f"| {library} | {version} | {found} | {there} |", file=out)
print(f"{len(rows)} libraries, {len(shipped)} jars in {archive}: {len(faults)} faults; {report}")
for fault in faults:
    print(fault, file=sys.stderr)
sys.exit(1 if faults else 0)
