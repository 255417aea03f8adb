"""Serve the page from this machine: own files alone, a few routes, checked hosts and origins."""

import os
import socket
import sys
from collections.abc import Callable
from contextlib import closing

MOST_PAGES = 20
"""Pages that may be open at the same time."""

MOST_MESSAGE = 256 * 1024
"""Bytes of the largest message that a page may send; what it sends are words and numbers."""

SETTINGS = {
    "SOLARA_APP": "experiments.dashboard.page",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_ASSETS_PROXY": "true",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
    "SOLARA_THEME_TITLE": "Area Vasta",
    "SOLARA_THEME_LOADER": "area_vasta",
    "SOLARA_THEME_SHOW_BANNER": "false",
    "SOLARA_KERNEL_MAX_COUNT": str(MOST_PAGES),
    "SOLARA_KERNEL_CULL_TIMEOUT": "10m",
}
"""What Solara reads when it is imported: no telemetry, front-end files from packages, bounded sessions."""

LANGUAGE = "AREA_VASTA_DASHBOARD_LANG"
"""Variable that hands the page its language."""

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' blob: {sockets}; object-src 'none'; base-uri 'self'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""What the browser may load: this server's files alone. Solara compiles templates, hence the two `unsafe`."""


class ServerError(RuntimeError):
    """Report a dashboard that cannot be served, in one line."""


def serve(host: str, port: int, lang: str, say_open: Callable[[str], None]) -> None:
    """Serve until interrupted; `say_open` gets the address once pages can be asked for.

    Raises ServerError when the address cannot be listened on.
    """
    _check_free(host, port)
    os.environ.update(SETTINGS)
    os.environ[LANGUAGE] = lang
    import uvicorn

    from experiments.dashboard.page import get_ready
    from experiments.dashboard.request import RequestError
    from experiments.dashboard.site import make_site
    from experiments.engine_processes import RunError

    try:
        get_ready(lang)
    except (RequestError, RunError) as error:
        raise ServerError(str(error)) from None
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    config = uvicorn.Config(
        make_site(host, lang), host=host, port=port, log_level="warning", ws_max_size=MOST_MESSAGE,
        timeout_graceful_shutdown=2, server_header=False,
    )  # fmt: skip

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            # Only now are pages answered: an address told sooner may be refused.
            say_open(address)

    Server(config).run()


def _check_free(host: str, port: int) -> None:
    """Raise ServerError in one line, before anything slow is loaded, when the port is taken."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise ServerError(f"{host}:{port}: {error.strerror}; choose another --port or --host") from None
