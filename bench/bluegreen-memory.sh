#!/usr/bin/env bash
# Greatest resident memory of a Caravan with -Xmx256m that publishes ten times as many records, against as many. PostgreSQL and the
# source are processes of their own and do not count. Needs JDK 25 (JAVA_HOME), psql, curl, target/caravan-*.jar and
# target/bench.classpath (see README.md).
set -euo pipefail
cd "$(dirname "$0")/.."
java="${JAVA_HOME:?set JAVA_HOME to a JDK 25}/bin/java"
records="${1:-1000000}"
port="${PORT:-18087}"
classpath="target/test-classes:target/classes:$(cat target/bench.classpath)"
# What a heap does before it is full says little about the program: with TOUCH=1 it is full from the start.
touch=(${TOUCH:+-Xms256m -XX:+AlwaysPreTouch})
options=(-Xmx256m "${touch[@]}" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

work="$PWD/target/bench-bluegreen-memory"
rm -rf "$work" && mkdir -p "$work"
"$java" -Djarmode=tools -jar target/caravan-*.jar extract --destination "$work/app" >/dev/null
mv "$work"/app/caravan-*.jar "$work/app/caravan.jar"
export ENCRYPTION_KEY=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef \
  CARAVAN_API_TOKEN=token-of-the-bench CARAVAN_ADMIN_PASSWORD=admin-password SERVER_PORT="$port"

started=()
trap 'kill "${started[@]}" 2>/dev/null || true' EXIT

api() { curl -sS -H "Authorization: Bearer $CARAVAN_API_TOKEN" -H 'Content-Type: application/json' "$@"; }

# Greatest resident megabytes of a Caravan that has published so many records twice, in $greatest.
publish() {
  local database source caravan run answer rows entities
  mkfifo "$work/hold-$1"
  # Both live until this script closes what they read.
  "$java" -cp "$classpath" io.caravan.bench.PostgresForScripts <"$work/hold-$1" >"$work/database" 2>"$work/database.log" &
  database=$!
  "$java" -Xmx8g -cp "$classpath" io.caravan.bench.BigBlue "$1" <"$work/hold-$1" >"$work/source" 2>"$work/source.log" &
  source=$!
  started=("$database" "$source")
  exec 7>"$work/hold-$1"
  until [[ -s "$work/database" && -s "$work/source" ]]; do
    kill -0 "$database" "$source" || { tail -20 "$work"/*.log >&2; exit 1; }
    sleep 0.5
  done
  DATABASE_URL=$(<"$work/database")
  read -r SOURCE_API_URL entities <"$work/source"
  export DATABASE_URL SOURCE_API_URL

  cd "$work/app"
  "$java" "${options[@]}" -jar caravan.jar --caravan.bluegreen.entities="$entities" >"$work/caravan.log" 2>&1 &
  caravan=$!
  started+=("$caravan")
  cd - >/dev/null
  until grep -q 'Started Caravan' "$work/caravan.log"; do
    kill -0 "$caravan" || { tail -20 "$work/caravan.log" >&2; exit 1; }
    sleep 0.5
  done
  # The second time all is loaded beside what is live, and compared with it.
  for body in '{}' '{"force": true, "reason": "the bench"}'; do
    run=$(api -d "$body" "http://localhost:$port/api/v1/pipelines/bluegreen/runs" | sed 's/.*"runId":"\([^"]*\)".*/\1/')
    while true; do
      kill -0 "$caravan" || { tail -20 "$work/caravan.log" >&2; exit 1; }
      answer=$(api "http://localhost:$port/api/v1/runs/$run")
      [[ $answer == *'"finishedAt":null'* ]] || break
      sleep 1
    done
    [[ $answer == *'"status":"succeeded"'* ]] || { echo "Wrong result: $answer" >&2; exit 1; }
  done
  rows=$(psql -X -q -A -t "$DATABASE_URL" -c "
    select sum((xpath('/row/n/text()', query_to_xml('select count(*) n from green.' || quote_ident(viewname), true, true, '')))[1]::text::bigint)
      from pg_views where schemaname = 'green'")
  # Every record is one row, and there are a hundred tags.
  [[ $rows == $(($1 + 100)) ]] || { echo "Wrong result: $rows rows" >&2; exit 1; }
  greatest=$(awk '/^VmHWM/ { printf "%.1f", $2 / 1024 }' "/proc/$caravan/status")
  if grep -q OutOfMemory "$work/caravan.log"; then
    echo "Wrong result: out of memory, see $work/caravan.log" >&2
    exit 1
  fi
  kill "$caravan"
  wait "$caravan" || true
  exec 7>&-
  wait "$database" "$source" || true
  started=()
  rm "$work/database" "$work/source"
}

publish "$records" && limit=$greatest
printf '%d records: %s MB\n' "$records" "$limit"
publish "$((10 * records))" && ours=$greatest
printf '%d records: %s MB\n' "$((10 * records))" "$ours"
awk -v a="$limit" -v b="$ours" 'BEGIN {
  r = b / a
  printf "%-32s ratio %.2f  must 1.15  aim 1.05  %s\n", "greatest resident memory", r, r <= 1.05 ? "aim" : r <= 1.15 ? "must" : "MISSED" }'
