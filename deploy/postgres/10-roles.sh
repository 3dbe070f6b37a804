#!/bin/sh
# Runs once, when the database folder is first made: the owner the migrations run as. It is no superuser.
set -eu
psql --set ON_ERROR_STOP=1 --set "password=$(cat "${OWNER_PASSWORD_FILE:-/run/secrets/owner_password}")" \
    --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE taizhang_owner LOGIN CREATEROLE PASSWORD :'password';
ALTER ROLE taizhang_owner SET createrole_self_grant = 'set';
CREATE DATABASE taizhang OWNER taizhang_owner;
REVOKE CONNECT, TEMPORARY ON DATABASE taizhang FROM PUBLIC;
SQL
# Backups and the archive of the log replicate; the image's own line for all databases does not cover that.
echo 'host replication postgres samenet scram-sha-256' >> "$PGDATA/pg_hba.conf"
