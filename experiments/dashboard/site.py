"""The routes of the dashboard: one page, its socket, front-end files; nothing else is answered."""

import re
import uuid
from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from solara.server import server as solara_server
from solara.server import settings as solara_settings
from solara.server.starlette import (
    StaticAssets,
    StaticNbFiles,
    close,
    kernel_connection,
    lifespan,
)
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from experiments.charts.style import FONT_FOLDER
from experiments.dashboard.running import opening
from experiments.dashboard.server import POLICY
from experiments.dashboard.view import headline
from experiments.dashboard.words import word
from experiments.language import LANGUAGES

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

ANYWHERE = ("0.0.0.0", "::")
"""Hosts that mean every address of the machine: then any name may lead here."""

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

TITLE = re.compile(r"<title>.*?</title>")
VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')

OPENING = "<!--opening-->"
"""Where the first words go in the page."""

FORBIDDEN, REFUSED_SOCKET = 403, 1008


class Guard:
    """Answer only requests for this very host, sockets only from its own page; name what may be loaded.

    A page elsewhere that the same browser shows can then neither read nor drive the dashboard.
    """

    def __init__(self, app: Any, host: str) -> None:
        self.app = app
        self.names = None if host in ANYWHERE else LOCAL_NAMES | {host}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse, one request."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        host = headers.get("host", "")
        if not self._may_ask(scope["type"], host, headers.get("origin")):
            await _refuse(scope, receive, send)
            return

        async def send_guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                policy = POLICY.format(sockets=f"ws://{host} wss://{host}")
                message["headers"] = [
                    *message.get("headers", []),
                    (b"content-security-policy", policy.encode("latin-1")),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                ]
            await send(message)

        await self.app(scope, receive, send_guarded)

    def _may_ask(self, kind: str, host: str, origin: str | None) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname
        except ValueError:
            return False
        if not name or (self.names is not None and name not in self.names):
            return False
        own = origin is not None and urlsplit(origin).netloc == host
        return own if kind == "websocket" else origin is None or own


def _first_words(lang: str) -> str:
    """Return what the page opens with, to be read while the rest is loading."""
    told = {key: escape(text) for key, text in headline(opening(), lang).items() if isinstance(text, str)}
    return f'<p class="av-kicker">{told["subtitle"]}</p><h1 class="av-opening">{told["title"]}</h1>'


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": REFUSED_SOCKET})
    else:
        await PlainTextResponse("forbidden", FORBIDDEN)(scope, receive, send)


class Front(StaticFiles):
    """Front-end files of a package, whose names carry their version: browsers may keep them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Any:
        """Answer with a file that need not be asked for again."""
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def make_site(host: str, lang: str) -> Starlette:
    """Return the application; `host` is what it listens on, `lang` the language of the first page."""

    async def home(request: Request) -> HTMLResponse:
        asked = request.query_params.get("lang", lang)
        shown = asked if asked in LANGUAGES else lang
        content = solara_server.read_root("/", "") or ""
        content = content.replace("<html>", f'<html lang="{shown}">', 1)
        content = TITLE.sub(f"<title>{escape(word('title', shown))}</title>", content, count=1)
        # Whoever sees badly must be able to enlarge the page.
        content = VIEWPORT.sub(
            '<meta name="viewport" content="width=device-width, initial-scale=1">', content
        )
        content = content.replace(OPENING, _first_words(shown), 1)
        response = HTMLResponse(content, headers={"cache-control": "no-store"})
        session = request.cookies.get(solara_server.COOKIE_KEY_SESSION_ID) or str(uuid.uuid4())
        response.set_cookie(solara_server.COOKIE_KEY_SESSION_ID, session, httponly=True, samesite="strict")
        return response

    files = Path(solara_settings.assets.proxy_cache_dir)
    return Starlette(
        routes=[
            Route("/", home),
            WebSocketRoute("/jupyter/api/kernels/{kernel_id}/{name}", kernel_connection),
            Route("/_solara/api/close/{kernel_id}", close, methods=["POST"]),
            Mount("/_solara/cdn", Front(directory=files)),
            Mount("/static/assets", StaticAssets()),
            Mount("/static", StaticFiles(directory=solara_server.solara_static)),
            Mount("/jupyter/nbextensions", StaticNbFiles()),
            Mount("/fonts", Front(directory=FONT_FOLDER)),
        ],
        lifespan=lifespan,
        middleware=[Middleware(Guard, host=host)],
    )
