#!/usr/bin/env bash
# Resident memory 30 s after start, nothing to do, -Xmx256m: Caravan against a program of camel-core alone with ten routes.
# PostgreSQL's processes do not count. Needs JDK 25 (JAVA_HOME), target/caravan-*.jar and
# target/bench.classpath (see README.md).
set -euo pipefail
cd "$(dirname "$0")/.."
java="${JAVA_HOME:?set JAVA_HOME to a JDK 25}/bin/java"
rounds="${1:-5}"
port="${PORT:-18086}"
classpath="target/test-classes:target/classes:$(cat target/bench.classpath)"
options=(-Xmx256m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

work="$PWD/target/bench-memory"
rm -rf "$work" && mkdir -p "$work"
"$java" -Djarmode=tools -jar target/caravan-*.jar extract --destination "$work/app" >/dev/null
mv "$work"/app/caravan-*.jar "$work/app/caravan.jar"
# The limit has the very jars it needs, not the whole class path.
camel=$(tr ':' '\n' <target/bench.classpath \
  | grep -E '/(camel-(api|base|base-engine|core-engine|core-processor|core-languages|core-model|core-reifier|core-xml|management-api|support|util|util-json|direct|timer|log|tooling-model)|slf4j-api|logback-(core|classic))-[0-9.]+\.jar$' \
  | paste -sd:)

coproc DATABASE { "$java" -cp "$classpath" io.caravan.bench.PostgresForScripts 2>"$work/database.log"; }
database_pid=$DATABASE_PID
trap 'kill "$database_pid" 2>/dev/null || true' EXIT
read -r DATABASE_URL <&"${DATABASE[0]}"
export DATABASE_URL ENCRYPTION_KEY=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef \
  CARAVAN_API_TOKEN=token-of-the-bench CARAVAN_ADMIN_PASSWORD=admin-password SERVER_PORT="$port"

# Resident megabytes 30 s after the start of the program given, in $resident.
resident() {
  "$java" "${options[@]}" "$@" >"$work/out.log" 2>&1 &
  local pid=$!
  until grep -q "$ready" "$work/out.log"; do
    kill -0 "$pid" 2>/dev/null || { tail -20 "$work/out.log" >&2; exit 1; }
    sleep 0.2
  done
  sleep 30
  resident=$(awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$pid/status")
  kill "$pid"
  wait "$pid" || true
}

printf '%-6s %14s %14s %7s\n' round 'camel-core MB' 'Caravan MB' ratio
for ((round = 1; round <= rounds; round++)); do
  ready='10 routes started' && resident -cp "target/test-classes:$camel" io.caravan.bench.TenRoutes && limit=$resident
  ready='Started Caravan' && cd "$work/app" && resident -jar caravan.jar && ours=$resident && cd - >/dev/null
  awk -v r="$round" -v a="$limit" -v b="$ours" 'BEGIN { printf "%-6d %14.1f %14.1f %7.2f\n", r, a, b, b / a }'
done | tee "$work/rounds"
sort -k4,4n "$work/rounds" | awk '{ r[NR] = $4 } END {
  m = r[int((NR + 1) / 2)]
  printf "%-32s ratio %.2f  must 4.00  aim 2.80  %s\n", "resident memory, idle", m, m <= 2.8 ? "aim" : m <= 4 ? "must" : "MISSED" }'
