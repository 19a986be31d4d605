# find_jdk prints the home of a JDK 25 or newer; for scripts to source.

# The major version of a JDK's java, from its release file: nothing is started for it.
version() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true; }

find_jdk() {
  local candidate real
  for candidate in "${DAIMON_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /opt/java/* /opt/jdk*; do
    if [ -n "$candidate" ] && [ -x "$candidate/bin/javac" ] && [ "$(version "$candidate")" -ge 25 ] 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  if command -v java >/dev/null; then
    real=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p')
    if [ -n "$real" ] && [ -x "$real/bin/javac" ] && [ "$(version "$real")" -ge 25 ] 2>/dev/null; then
      echo "$real"
      return
    fi
  fi
  echo "daimon: no JDK 25 or newer found: install one (https://adoptium.net) or set DAIMON_JAVA_HOME" >&2
  exit 1
}
