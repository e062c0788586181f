#!/bin/sh
# A private PostgreSQL 15 cluster for tests, in DIR, reached through a socket in DIR only.
#   tests/postgresql.sh start DIR    makes it if needed, starts it, prints its URL
#   tests/postgresql.sh stop DIR     stops it ("restart DIR" and "kill DIR" are for the tests of a server that goes away)
# Sync is on and the collation is C, as in production. PostgreSQL refuses to run as root, so root becomes postgres.
set -eu
command=${1:?start, stop, restart or kill}
directory=$(realpath -m "${2:?the directory of the cluster}")
cd /  # postgres may not read where we stand
binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
port=5432

as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    runuser -u postgres -- "$@"
  else
    "$@"
  fi
}

prepare() {
  mkdir -p "$directory"
  if [ "$(id -u)" = 0 ]; then chown postgres "$directory"; fi
  [ -f "$directory/data/PG_VERSION" ] && return
  as_postgres "$binaries/initdb" --pgdata="$directory/data" --encoding=UTF8 --lc-collate=C --lc-ctype=C.UTF-8 \
    --auth=trust --username=postgres >"$directory/initdb.log" 2>&1 ||
    { cat "$directory/initdb.log" >&2; exit 1; }
  cat >>"$directory/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$directory'
port = $port
max_connections = 120
shared_buffers = 64MB
logging_collector = off
CONF
}

server() {
  as_postgres "$binaries/pg_ctl" --pgdata="$directory/data" --log="$directory/server.log" --silent -w "$@" >&2
}

case $command in
  start)
    [ -n "$binaries" ] || { echo "PostgreSQL is not installed" >&2; exit 1; }
    prepare
    server status >/dev/null 2>&1 || server start
    echo "postgresql://postgres@/postgres?host=$directory&port=$port"
    ;;
  stop) server --mode=fast stop ;;
  restart) server --mode=fast restart ;;
  kill) server --mode=immediate stop ;;
  *) echo "unknown command: $command" >&2; exit 2 ;;
esac
