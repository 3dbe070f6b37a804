#!/bin/sh
# Render the configuration into the writable folder and run nginx in the foreground.
set -eu
export RUN_DIR="${RUN_DIR:-/tmp/nginx}" CONF_DIR=/etc/taizhang-nginx WEB_ROOT=/usr/share/taizhang
export LISTEN_HTTP=8080 LISTEN_HTTPS=8443 LISTEN_STATUS=127.0.0.1:8081
export TLS_CERTIFICATE=/run/secrets/tls_certificate TLS_KEY=/run/secrets/tls_key
# `resolve` follows the API containers as they come and go; needs nginx 1.27.3 or later, which this image has.
export UPSTREAM_SERVERS="resolver 127.0.0.11 valid=5s ipv6=off; server api:8000 resolve max_fails=1 fail_timeout=2s;"
mkdir -p "$RUN_DIR"
# shellcheck disable=SC2016
envsubst '$RUN_DIR $CONF_DIR $WEB_ROOT $LISTEN_HTTP $LISTEN_HTTPS $LISTEN_STATUS $TLS_CERTIFICATE $TLS_KEY
          $UPSTREAM_SERVERS $SERVER_NAME' < "$CONF_DIR/nginx.conf.template" > "$RUN_DIR/nginx.conf"
exec nginx -c "$RUN_DIR/nginx.conf" -g 'daemon off;'
