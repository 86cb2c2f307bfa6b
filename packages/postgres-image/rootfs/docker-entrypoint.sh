#!/bin/sh
# The environment of the official image: POSTGRES_USER, POSTGRES_PASSWORD (or POSTGRES_PASSWORD_FILE), POSTGRES_DB, PGDATA.
# Arguments are added to the server's. An empty volume starts as a copy of /template/pgdata where that fits
# (user and database `store`), else by initdb; STORE_TEMPLATE=off forces initdb. With STORE_HAS_DATA_SINCE set there must
# be data: an empty volume is then a loss, and nothing is made in its place.
set -eu

say() { printf '{"level":"info","message":"%s"}\n' "$1"; }
die() { printf '{"level":"error","message":"%s"}\n' "$1" >&2; exit 1; }

: "${POSTGRES_USER:=postgres}"
: "${POSTGRES_DB:=$POSTGRES_USER}"
: "${PGDATA:=/var/lib/postgresql/data/pgdata}"
if [ -n "${POSTGRES_PASSWORD_FILE:-}" ]; then POSTGRES_PASSWORD=$(cat "$POSTGRES_PASSWORD_FILE"); fi
export PGDATA

# Single-user mode reads one command a line.
single_user() { postgres --single -j -D "$1" postgres >/dev/null; }
literal() { printf "'%s'" "$(printf %s "$1" | sed "s/'/''/g")"; }
identifier() { printf '"%s"' "$(printf %s "$1" | sed 's/"/""/g')"; }

# Whatever happens in between, PGDATA is either not there or whole: all is made beside it, synced and renamed.
prepare() {
  [ -z "${STORE_HAS_DATA_SINCE:-}" ] || die "DataLost: the volume is empty, and the store has had data since $STORE_HAS_DATA_SINCE"
  [ -n "${POSTGRES_PASSWORD:-}" ] || die "POSTGRES_PASSWORD is empty: an empty volume needs it"
  new=$PGDATA.new
  rm -rf "$new"
  if [ "${STORE_TEMPLATE:-on}" != off ] && [ -d /template/pgdata ] && [ "$POSTGRES_USER/$POSTGRES_DB" = store/store ]; then
    say "empty volume: starting from the image's template"
    cp -a /template/pgdata "$new"
    # The template's role has no password, so that nobody can log in with one that every image knows.
    printf 'ALTER ROLE store PASSWORD %s;\n\n' "$(literal "$POSTGRES_PASSWORD")" | single_user "$new"
  else
    say "empty volume: initdb"
    initdb -D "$new" -U "$POSTGRES_USER" --auth=scram-sha-256 --pwfile=/dev/stdin -E UTF8 --locale=C.UTF-8 \
      --no-instructions --no-sync ${POSTGRES_INITDB_ARGS:-} >/dev/null <<EOF
$POSTGRES_PASSWORD
EOF
    printf 'host all all all scram-sha-256\n' >> "$new/pg_hba.conf"
    [ "$POSTGRES_DB" = postgres ] || printf 'CREATE DATABASE %s OWNER %s;\n\n' "$(identifier "$POSTGRES_DB")" "$(identifier "$POSTGRES_USER")" | single_user "$new"
  fi
  initdb --sync-only -D "$new" >/dev/null
  # An empty directory may be there already, and a rename replaces only nothing.
  [ ! -d "$PGDATA" ] || rmdir "$PGDATA"
  mv "$new" "$PGDATA"
}

[ -s "$PGDATA/PG_VERSION" ] || prepare
[ -w /var/run/postgresql ] && sockets=/var/run/postgresql || sockets=/tmp
exec postgres -c listen_addresses='*' -c unix_socket_directories="$sockets" -c jit=off "$@"
