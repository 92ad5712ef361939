"""Text that tries to make the renderer reach out, and what would notice it."""

import http.server
import threading
from contextlib import contextmanager

CANARY = "CANARY-0f6b1e9d-never-in-a-document"


class Listener:
    """A server on the loopback that writes down who called, and sends some callers on to a file or to itself."""

    def __init__(self, canary_path):
        self.hits = []
        listener = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                listener.hits.append(self.path)
                if self.path.startswith("/redirect-file"):
                    self.send_response(302)
                    self.send_header("Location", f"file://{canary_path}")
                elif self.path.startswith("/redirect"):
                    self.send_response(302)
                    self.send_header("Location", "/redirected")
                else:
                    self.send_response(200)
                self.end_headers()

            do_HEAD = do_POST = do_GET

            def log_message(self, *_arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@contextmanager
def listening(canary_path):
    listener = Listener(canary_path)
    thread = threading.Thread(target=listener.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        listener.server.shutdown()
        listener.server.server_close()


def payloads(http_address, file_path):
    """Each names the listener or the canary file in its own way."""
    web, file = http_address, f"file://{file_path}"
    return [
        f'<img src="{web}/img">',
        f'<img srcset="{web}/srcset 2x" src="{web}/srcset1">',
        f'<picture><source srcset="{web}/source"><img src="{web}/picture"></picture>',
        f'<input type="image" src="{web}/input">',
        f'<video poster="{web}/poster" src="{web}/video"></video>',
        f'<embed src="{web}/embed" type="image/png">',
        f'<embed src="{file}">',
        f'<object data="{web}/object" type="image/svg+xml"></object>',
        f'<object data="{file}"></object>',
        f'<iframe src="{web}/iframe"></iframe>',
        f'<iframe src="{file}"></iframe>',
        f'<link rel="stylesheet" href="{web}/css">',
        f'<link rel="stylesheet" href="{file}">',
        f'<link rel="attachment" href="{web}/attachment">',
        f'<link rel="attachment" href="{file}">',
        f'<link rel="attachment" href="{web}/redirect-file">',
        f'<a rel="attachment" href="{file}">take it</a>',
        f'<a rel="attachment" href="{web}/a-attachment">take it</a>',
        f'<link rel="icon" href="{web}/icon">',
        f'<style>@import "{web}/import";</style>',
        f"<style>@import url({file});</style>",
        f'<style>@font-face{{font-family:x;src:url("{web}/font.woff2")}} p{{font-family:x}}</style>',
        f'<style>@font-face{{font-family:y;src:url("{file}")}} p{{font-family:y}}</style>',
        f"<style>body{{background:url({web}/background)}}</style>",
        f"<style>p::before{{content:url({web}/content)}}</style>",
        f"<style>li{{list-style-image:url({web}/list)}}</style><li>x</li>",
        f"<style>@page{{background:url({web}/page)}}</style>",
        f"<style>@color-profile x{{src:url({web}/profile)}}</style>",
        f"<style>p{{border-image:url({web}/border) 30}}</style>",
        f"<style>@page{{@top-left{{content:url({web}/margin)}}}}</style>",
        f'<p style="background-image:url({web}/inline)">x</p>',
        f'<p style="background-image:url({file})">x</p>',
        f'<svg><image href="{web}/svg-image" width="9" height="9"/></svg>',
        f'<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{file}" width="9" height="9"/></svg>',
        f'<svg><use href="{web}/svg-use#x"/></svg>',
        f'<svg><use href="{file}#x"/></svg>',
        f"<svg><style>@import '{web}/svg-import';</style><rect width='9' height='9'/></svg>",
        f"<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'>"
        f"<image href='{web}/data-svg' width='9' height='9'/></svg>\">",
        f'<img src="data:text/html,<img src={web}/data-html>">',
        f'<base href="{web}/base/"><img src="relative">',
        f'<meta http-equiv="refresh" content="0;url={web}/refresh">',
        f'<img src="{web}/redirect-once">',
        f'<img src="{web}/redirect-file">',
        f'<img src="//{web.removeprefix("http://")}/no-scheme">',
        f'<img src="HTTP:{web.removeprefix("http:")}/upper">',
        f'<img src="FILE://{file_path}">',
        f'<img src="file://localhost{file_path}">',
        f'<img src="{file_path}">',
        f'<img src="../../../../../..{file_path}">',
        f'<script src="{web}/script"></script><script>fetch("{web}/fetch")</script>',
        f'<table background="{web}/table"><tr><td background="{web}/cell">x</td></tr></table>',
        f'"><img src="{web}/quoted">',
        f"'><img src='{web}/single'>",
        f'</title></style></script><img src="{web}/closing">',
        f"<![CDATA[<img src='{web}/cdata'>]]>",
        f'<!--><img src="{web}/comment">',
        f"&lt;img src={web}/entity&gt;",
        f'{{% include "{file_path}" %}}{{{{ 7|add:42 }}}}',
        "{{7*7}} ${7*7} %(x)s {x.__class__}",
    ]
