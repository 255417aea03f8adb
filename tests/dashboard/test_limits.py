"""What the server refuses: other files, other hosts, other pages, messages and requests too large."""

import contextlib
import http.client
import json
import socket
import uuid
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import connect
from websockets.typing import Origin

from experiments._hydra import PROJECT_ROOT
from experiments.dashboard import main
from experiments.dashboard.request import (
    MOST_COMMUNES,
    MOST_SEED,
    MOST_YEARS,
    Request,
    RequestError,
    scenario_names,
    settings_of,
    territory_asked,
)
from experiments.dashboard.server import MOST_MESSAGE, MOST_PAGES
from experiments.refusal import BAD_INPUT

FOLDERS = ("/static", "/static/assets", "/fonts", "/_solara/cdn", "/jupyter/nbextensions")
CLIMBS = ("/../", "/..%2f", "/%2e%2e/", "/%2e%2e%2f", "//", "/..\\", "/.%00./")
SECRETS = ("pyproject.toml", "etc/passwd", "custom.css/../server.py")


def ask(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
    """Ask for a path as it is written: no client tidies it first."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_path_leads_to_another_file(address: str, folder: str) -> None:
    own = (PROJECT_ROOT / "pyproject.toml").read_bytes()[:40]
    for climb in CLIMBS:
        for deep in range(1, 9):
            for secret in SECRETS:
                status, content = ask(address, folder + climb * deep + secret)
                assert status in (307, 400, 404, 405), (folder, climb, deep, secret)
                assert b"root:" not in content
                assert own not in content


@pytest.mark.parametrize("path", ["/pyproject.toml", "/results", "/docs", "/readyz", "/resourcez", "/api"])
def test_nothing_but_the_page_is_answered(address: str, path: str) -> None:
    assert ask(address, path)[0] == 404


def test_what_the_page_needs_is_answered_under_a_strict_policy(address: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request("GET", "/")
    response = connection.getresponse()
    page = response.read().decode()
    connection.close()
    policy = response.headers["content-security-policy"]
    assert response.status == 200
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "connect-src 'self' blob: ws://" in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "SameSite=strict" in response.headers["set-cookie"]
    assert '<html lang="it">' in page
    assert ask(address, "/static/assets/custom.css")[0] == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "elsewhere.example"}, 403),
        ({"Host": "127.0.0.1.elsewhere.example"}, 403),
        ({"Host": "["}, 403),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_other_hosts_and_other_pages_are_refused(address: str, headers: dict[str, str], status: int) -> None:
    assert ask(address, "/", **headers)[0] == status


@pytest.mark.parametrize("origin", [None, "http://elsewhere.example", "https://127.0.0.1"])
def test_a_socket_is_opened_by_the_page_alone(address: str, origin: str | None) -> None:
    headers = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", **({"Origin": origin} if origin else {}),
    }  # fmt: skip
    assert ask(address, "/jupyter/api/kernels/0/channels", **headers)[0] == 403


def open_socket(address: str, stack: contextlib.ExitStack) -> Any:
    """Open a socket as the page does."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request("GET", "/")
    response = connection.getresponse()
    response.read()
    connection.close()
    cookie = response.headers["set-cookie"].split(";")[0]
    place = f"jupyter/api/kernels/{uuid.uuid4()}/channels?session_id={uuid.uuid4()}"
    url = address.replace("http://", "ws://") + place
    origin = Origin(address.removesuffix("/"))
    return stack.enter_context(connect(url, origin=origin, additional_headers={"Cookie": cookie}))


def is_answered(page: Any, seconds: float) -> bool:
    """Ask what the server is, as the page does first, and say whether it answers."""
    header = {
        "msg_id": "1",
        "msg_type": "kernel_info_request",
        "session": "s",
        "username": "",
        "version": "5.3",
    }
    told = {"header": header, "parent_header": {}, "metadata": {}, "content": {}, "channel": "shell"}
    page.send(json.dumps(told))
    try:
        return bool(page.recv(timeout=seconds))
    except TimeoutError:
        return False


def test_a_page_beyond_the_most_waits_until_another_is_closed(address: str) -> None:
    with contextlib.ExitStack() as stack:
        pages = [open_socket(address, stack) for _ in range(MOST_PAGES)]
        assert all(is_answered(page, 10.0) for page in pages)
        waiting = open_socket(address, stack)
        assert not is_answered(waiting, 0.5)
        pages[0].close()
        assert is_answered(waiting, 10.0)


def test_a_message_too_large_closes_the_socket(address: str) -> None:
    with contextlib.ExitStack() as stack:
        page = open_socket(address, stack)
        page.send("x" * (MOST_MESSAGE + 1))
        with pytest.raises(ConnectionClosedError, match="too big"):
            page.recv(timeout=10)


def test_it_listens_on_this_machine_alone(address: str) -> None:
    port = urlsplit(address).port
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        other = probe.getsockname()[0]
    if other.startswith("127."):
        pytest.skip("this machine has no other address")
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((other, port), timeout=5)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"base": "../../etc/passwd"}, "scenario '../../etc/passwd' is not there"),
        ({"base": "status_quo.yaml"}, "scenario"),
        ({"territory": "../scenarios/status_quo"}, "territory"),
        ({"territory": ["toy"]}, "territory"),
        ({"pairs": 10_000}, "pairs"),
        ({"years": MOST_YEARS + 1}, "years must be a whole number from 1 to 30"),
        ({"years": 1.5}, "years"),
        ({"years": True}, "years"),
        ({"seed": MOST_SEED + 1}, "seed"),
        ({"seed": "1"}, "seed"),
    ],
)
def test_what_is_not_on_offer_is_refused_in_one_line(changes: dict[str, object], told: str) -> None:
    request = replace(Request(territory="toy"), **changes)  # type: ignore[arg-type]
    with pytest.raises(RequestError, match=told.replace(".", "[.]")) as error:
        settings_of(request)
    assert "\n" not in str(error.value)


def test_a_territory_too_large_is_left_to_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(territory_asked(Request(territory="toy")).codes) <= MOST_COMMUNES
    monkeypatch.setattr("experiments.dashboard.request.MOST_COMMUNES", 3)
    with pytest.raises(RequestError, match="toy has 4 communes; the dashboard takes 3"):
        territory_asked(Request(territory="toy"))


def test_scenarios_on_offer_are_the_files_of_the_project() -> None:
    files = {path.stem for path in (PROJECT_ROOT / "scenarios").glob("*.yaml")}
    assert set(scenario_names()) == files
    assert scenario_names()[0] == "status_quo"


@pytest.mark.parametrize("arguments", [["--port", "0"], ["--port", "65536"], ["--host", "203.0.113.7"]])
def test_an_address_that_cannot_be_listened_on_is_said_in_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == BAD_INPUT
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_port_that_is_taken_is_said_in_one_line(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--port", str(urlsplit(address).port)]) == BAD_INPUT
    told = capsys.readouterr().err
    assert "choose another --port or --host" in told
    assert len(told.splitlines()) == 1


def test_front_end_files_of_another_release_are_missed_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("experiments.dashboard.version", {"solara-server": "2", "solara-assets": "1"}.get)
    assert main(["--lang", "en"]) == BAD_INPUT
    assert "make env-dashboard" in capsys.readouterr().err
