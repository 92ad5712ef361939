#!/usr/bin/env bash
# Build the image of the Dockerfile without Docker, on a Debian base made here, and ask it to draw a PDF and to import
# the portal. Proves the steps of the Dockerfile; the base is Debian's own Python, not the official image.
set -euo pipefail
cd "$(dirname "$0")/../.."
for program in buildah crun debootstrap; do
  command -v "$program" >/dev/null || { echo "$program is missing: apt-get install --no-install-recommends buildah crun debootstrap" >&2; exit 1; }
done
[ "$(id -u)" -eq 0 ] || { echo "Building an image here needs root." >&2; exit 1; }

work=$(mktemp -d /var/tmp/portal-image.XXXXXX)
trap 'rm -rf "$work"' EXIT
build() { buildah --root "$work/store" --runroot "$work/run" --storage-driver vfs "$@"; }
base="docker.io/library/$(sed -n 's/^FROM \([^ ]*\).*/\1/p' Dockerfile | tail -1)"

echo "== A base of Debian packages"
debootstrap --variant=minbase --include=ca-certificates,python3,python3-venv,python-is-python3 bookworm "$work/base" >"$work/base.log" || { tail -20 "$work/base.log" >&2; exit 1; }
empty=$(build from --pull-never scratch)
build add -q "$empty" "$work/base" /
build commit -q "$empty" "$base" >/dev/null

echo "== The image"
build bud --pull-never --isolation chroot --network host -v /etc/ssl/certs:/etc/ssl/certs:ro -t portal:check .

echo "== What it can do, as the account it runs as"
image=$(build from --pull-never localhost/portal:check)
inside() { build run --isolation chroot --user 999 "$image" -- "$@"; }
inside python -c "import os, weasyprint; assert os.getuid() == 999; print(len(weasyprint.HTML(string='<p>报告 تقرير').write_pdf()), 'bytes of PDF')"
inside env DATABASE_URL=postgresql://portal_web@database/portal SECRET_KEY="$(head -c 40 /dev/urandom | base64 -w0)" \
  ALLOWED_HOSTS=portal.example.org SITE_ADDRESS=https://portal.example.org python manage.py check --deploy --fail-level WARNING
