#!/usr/bin/env bash
# The app as the CDK's command line calls it; Maven has compiled it and written its class path.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ../build/jdk.sh
[ -f target/class-path ] || { echo "daimon: not built yet: mvn -q package -pl functions,infra-cdk -am" >&2; exit 1; }
jdk=$(find_jdk)
# The CDK's own check of templates knows nothing of what SAM's transform makes; cfn-lint does, and is run on the result.
export CDK_VALIDATION=false
exec "$jdk/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "target/classes:$(cat target/class-path)" email.daimon.infra.DaimonApp
