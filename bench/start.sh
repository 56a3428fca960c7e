#!/usr/bin/env bash
# Time from the start of the process until health answers 200, on a migrated database, with the JDK's AOT cache and
# without. Needs JDK 25 (JAVA_HOME), target/caravan-*.jar and target/bench.classpath (see README.md). The PostgreSQL runs
# before, so that its start is in neither time.
set -euo pipefail
cd "$(dirname "$0")/.."
java="${JAVA_HOME:?set JAVA_HOME to a JDK 25}/bin/java"
rounds="${1:-5}"
port="${PORT:-18085}"
options=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

work="$PWD/target/bench-start"
rm -rf "$work" && mkdir -p "$work"
"$java" -Djarmode=tools -jar target/caravan-*.jar extract --destination "$work/app" >/dev/null
mv "$work"/app/caravan-*.jar "$work/app/caravan.jar"

# EmbeddedPostgres of the test class path, until its standard input ends.
coproc DATABASE { "$java" -cp "target/test-classes:target/classes:$(cat target/bench.classpath)" \
  io.caravan.bench.PostgresForScripts 2>"$work/database.log"; }
database_pid=$DATABASE_PID
trap 'kill "$database_pid" 2>/dev/null || true' EXIT
read -r DATABASE_URL <&"${DATABASE[0]}"
export DATABASE_URL ENCRYPTION_KEY=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef \
  CARAVAN_API_TOKEN=token-of-the-bench CARAVAN_ADMIN_PASSWORD=admin-password SERVER_PORT="$port"
cd "$work/app"

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

# Starts with the JVM options given, waits for health, ends it; the time is in $took.
start() {
  local began pid
  began=$(milliseconds)
  "$java" "${options[@]}" "$@" -jar caravan.jar >"$work/caravan.log" 2>&1 &
  pid=$!
  until { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null \
    && printf 'GET /actuator/health HTTP/1.0\r\n\r\n' >&3 && head -n 1 <&3 2>/dev/null | grep -q ' 200'; do
    kill -0 "$pid" 2>/dev/null || { tail -20 "$work/caravan.log" >&2; exit 1; }
    sleep 0.02
  done
  took=$(($(milliseconds) - began))
  exec 3<&- || true
  kill "$pid"
  wait "$pid" || true
}

start # migrates the database
start -XX:AOTCacheOutput="$work/app.aot"
echo "training: health answered after $took ms; the cache has $(($(stat -c %s "$work/app.aot") / 1048576)) MB"

printf '%-6s %12s %12s %7s\n' round 'without ms' 'with ms' ratio
for ((round = 1; round <= rounds; round++)); do
  start && without=$took
  # A cache that does not fit must not pass as one that does.
  start -XX:AOTCache="$work/app.aot" -XX:AOTMode=on && with=$took
  awk -v r="$round" -v a="$without" -v b="$with" 'BEGIN { printf "%-6d %12d %12d %7.2f\n", r, a, b, b / a }'
done | tee "$work/rounds"
sort -k4,4n <(grep -v '^$' "$work/rounds") | awk '{ r[NR] = $4 } END {
  m = r[int((NR + 1) / 2)]
  printf "%-32s ratio %.2f  must 0.70  aim 0.50  %s\n", "start until health answers 200", m, m <= 0.5 ? "aim" : m <= 0.7 ? "must" : "MISSED" }'
