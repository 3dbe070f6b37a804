#!/bin/sh
# Runs once, when the database folder is first made: the owner, who migrates and is no superuser; the application, which
# by itself may touch no table; and whoever takes backups, who reads everything past row-level security.
set -eu
psql --set ON_ERROR_STOP=1 --set "password=$(cat "${OWNER_PASSWORD_FILE:-/run/secrets/owner_password}")" \
    --set "application=$(cat "${APP_PASSWORD_FILE:-/run/secrets/app_password}")" \
    --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE taizhang_owner LOGIN CREATEROLE PASSWORD :'password';
ALTER ROLE taizhang_owner SET createrole_self_grant = 'set';
CREATE ROLE taizhang_app LOGIN NOINHERIT PASSWORD :'application';
GRANT taizhang_app TO taizhang_owner WITH INHERIT FALSE, SET TRUE;
CREATE ROLE taizhang_backup NOLOGIN BYPASSRLS REPLICATION;
GRANT pg_read_all_data TO taizhang_backup;
CREATE DATABASE taizhang OWNER taizhang_owner;
REVOKE CONNECT, TEMPORARY ON DATABASE taizhang FROM PUBLIC;
GRANT CONNECT ON DATABASE taizhang TO taizhang_app, taizhang_backup;
\connect taizhang
GRANT EXECUTE ON FUNCTION pg_create_restore_point(text), pg_switch_wal() TO taizhang_backup;
SQL
# Backups and the archive of the log replicate; the image's own line for all databases does not cover that.
echo 'host replication postgres samenet scram-sha-256' >> "$PGDATA/pg_hba.conf"
