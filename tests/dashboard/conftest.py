"""A dashboard of its own, and a browser that sees nothing but this machine."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from experiments._hydra import PROJECT_ROOT

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
START_SECONDS = 60.0
STEP_MILLISECONDS = 20_000
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@dataclass
class Watched:
    """What a page asked for from elsewhere, and what its console complained about."""

    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def chromium() -> str:
    found = CHROMIUM if Path(CHROMIUM).exists() else shutil.which("chromium")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed: `.ci/run` installs Debian's")
        pytest.skip("Chromium is not installed")
    return found


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve on a free port until the tests end."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    path = os.pathsep.join([str(PROJECT_ROOT / "model"), str(PROJECT_ROOT)])
    process = subprocess.Popen(
        [sys.executable, "-m", "experiments", "dashboard", "--port", str(port)],
        cwd=PROJECT_ROOT, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    timer = threading.Timer(START_SECONDS, process.kill)
    timer.start()
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        timer.cancel()
        assert f"http://127.0.0.1:{port}/" in line, line or process.communicate()[1]
        yield f"http://127.0.0.1:{port}/"
    finally:
        timer.cancel()
        process.terminate()
        try:
            _, errors = process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            _, errors = process.communicate()
    assert "Traceback" not in errors, errors


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield one
        one.close()


@pytest.fixture(scope="session")
def context(browser: Any) -> Iterator[Any]:
    """One context, so that pages after the first find the front-end files where browsers keep them."""
    one = browser.new_context(accept_downloads=True)
    yield one
    one.close()


@contextlib.contextmanager
def opened(
    context: Any, address: str, size: dict[str, int], query: str = ""
) -> Iterator[tuple[Any, Watched]]:
    """Open the page, refuse whatever is not on this machine, and fail at the end if anything was amiss."""
    watched = Watched()

    def route(request_route: Any) -> None:
        url = request_route.request.url
        if url.startswith((address, "blob:", "data:")):
            request_route.continue_()
        else:
            watched.elsewhere.append(url)
            request_route.abort()

    def hear(said: Any) -> None:
        if said.type in ("error", "warning"):
            watched.complaints.append(said.text)

    page = context.new_page()
    page.set_viewport_size(size)
    page.route("**/*", route)
    page.set_default_timeout(STEP_MILLISECONDS)
    page.on(
        "websocket",
        lambda ws: None if f"//{address.split('/')[2]}/" in ws.url else watched.elsewhere.append(ws.url),
    )
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.on("console", hear)
    page.goto(address + query)
    for part in (".av-form", ".av-picture", ".av-svg svg", "#av-run-id"):
        page.wait_for_selector(part)
    try:
        yield page, watched
    finally:
        page.close()
    assert watched.elsewhere == []
    assert watched.complaints == []
