"""What one visit costs: bytes over the wire for whoever comes first, and queries for each page."""

import gzip
import re
import urllib.request
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

LINKED = re.compile(rb"""<(?:script|img)\b[^>]*?\bsrc=["']([^"']+)|<link\b[^>]*?\bhref=["']([^"']+)["'][^>]*>""")
FETCHED_LINKS = re.compile(rb"""\brel=["']?(?:stylesheet|icon|preload|manifest)""")


def first_visit(url: str, *, cookies: str = "") -> int:
    """The bytes of a page and of everything that it makes a browser fetch, compressed as they travel."""
    page, size = fetched(url, cookies)
    seen = {url}
    for found in LINKED.finditer(page):
        if found[2] and not FETCHED_LINKS.search(found[0]):
            continue
        linked = urljoin(url, unescape((found[1] or found[2]).decode()))
        if linked not in seen and urlsplit(linked).scheme == "http":
            seen.add(linked)
            size += fetched(linked, cookies)[1]
    return size


def fetched(url: str, cookies: str) -> tuple[bytes, int]:
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", "Cookie": cookies})
    with urllib.request.urlopen(asked) as answer:
        content = answer.read()
        zipped = answer.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(content) if zipped else content), len(content)


def etag(url: str) -> str:
    """The mark under which a page may be asked for again."""
    with urllib.request.urlopen(url) as answer:
        return answer.headers["ETag"]


def queries(path: str, *, cookies: str = "") -> int:
    """How many questions a page asks the database when it is drawn, in a process that is warm."""
    client = Client(headers={"host": "localhost", "cookie": cookies})
    for _warm in range(2):
        for cache in caches.all(initialized_only=True):
            cache.clear()
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        if answer.status_code != 200:
            raise LookupError(f"{path} answered {answer.status_code}")
    return len(asked)
