#!/usr/bin/env bash
# Pastes every sh block of the README, and the lines of the banner, into a shell, in order.
# usage: readme.sh HOME_OF_THE_PROJECT WORK_FOLDER
set -euo pipefail
home=$1
work=$2
cd "$home"

awk -v out="$work/block" '/^```sh$/ {n++; inside=1; next} /^```$/ {inside=0} inside {print > (out n ".sh")}' README.md
ls "$work"/block*.sh >/dev/null

stop() { [ -n "${server:-}" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; }
trap stop EXIT

! curl -sf localhost:8025/health >/dev/null || { echo "another server has the port 8025"; exit 1; }

for block in $(ls -v "$work"/block*.sh); do
  case "$(cat "$block")" in
    "./daimon local")
      bash "$block" >"$work/banner.txt" 2>&1 & server=$!
      for _ in $(seq 1500); do curl -sf localhost:8025/health >/dev/null && break; sleep 0.2; done
      curl -sf localhost:8025/health >/dev/null || { cat "$work/banner.txt"; exit 1; } ;;
    "mvn verify") echo "mvn verify: ran before" ;;
    *messages*)
      for _ in $(seq 50); do bash -e "$block" >"$work/read.json"; grep -q '"Hello"' "$work/read.json" && break; sleep 0.2; done
      grep -q '"Hello"' "$work/read.json" || { echo "the mail is not there:"; cat "$work/read.json"; exit 1; }
      grep -q 'https://example.com/verify?token=abc' "$work/read.json" ;;
    *account/upgrade*)
      bash -e "$block" >"$work/upgraded.json"
      grep -q '"tier":"developer"' "$work/upgraded.json" || { echo "no upgrade:"; cat "$work/upgraded.json"; exit 1; } ;;
    *) bash -e "$block" ;;
  esac
  echo "pasted: $(head -1 "$block")"
done
rm -f inbox.json

# The banner's own lines: what stands between its two rules is for pasting.
grep -E '^ +(curl|./daimon) ' "$work/banner.txt" | sed -E 's/^ +//' >"$work/pasted.sh"
[ "$(wc -l <"$work/pasted.sh")" -eq 4 ] || { echo "the banner has no lines to paste:"; cat "$work/banner.txt"; exit 1; }
sed -n 1,2p "$work/pasted.sh" >"$work/first.sh"
sed -n 3p "$work/pasted.sh" >"$work/read.sh"
sed -n 4p "$work/pasted.sh" >"$work/upgrade.sh"
bash -e "$work/first.sh"
for _ in $(seq 50); do bash -e "$work/read.sh" >"$work/read.json"; grep -q Hello "$work/read.json" && break; sleep 0.2; done
grep -q Hello "$work/read.json" || { echo "the banner's mail is not there:"; cat "$work/read.json"; exit 1; }
bash -e "$work/upgrade.sh" >"$work/upgraded.json"
grep -q '"tier":"developer"' "$work/upgraded.json" || { echo "the banner's upgrade failed:"; cat "$work/upgraded.json"; exit 1; }
echo "pasted: the banner"
rm -f inbox.json
