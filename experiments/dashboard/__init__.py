"""Apre il cruscotto nel browser / open the dashboard in the browser, on this machine alone."""

from importlib.metadata import PackageNotFoundError, version

from experiments._help import CommandParser
from experiments.language import LANGUAGES
from experiments.refusal import refuse

EXAMPLES = (
    ("", "si apre su questo computer, in italiano / opens on this machine, in Italian"),
    ("--lang en --port 9000", "in inglese, su un'altra porta / in English, on another port"),
)

PORT, HIGHEST_PORT = 8765, 65_535

LOCAL = "127.0.0.1"
LOCAL_HOSTS = (LOCAL, "localhost", "::1")

WORDS = {
    "missing": (
        "mancano i pacchetti del cruscotto: make env-dashboard",
        "the dashboard’s packages are missing: make env-dashboard",
    ),
    "open": ("Cruscotto: {address} (Ctrl-C per chiudere)", "Dashboard: {address} (Ctrl-C to close)"),
    "exposed": (
        "Attenzione: chiunque raggiunga {host} può usarlo; non c’è accesso con password.",
        "Beware: whoever reaches {host} can use it; there is no password.",
    ),
}
"""What is printed, in Italian and English."""


def _parser() -> CommandParser:
    parser = CommandParser("dashboard")
    parser.add_argument("--lang", choices=LANGUAGES, default="it", help="lingua / language")
    parser.add_argument("--port", type=int, default=PORT, help=f"porta / port ({PORT})")
    parser.add_argument("--host", default=LOCAL, help=f"indirizzo / address to listen on ({LOCAL})")
    return parser


def _packages_fit() -> bool:
    """Say whether the server is there, and the front-end files that this very release of it asks for."""
    try:
        return version("solara-server") == version("solara-assets")
    except PackageNotFoundError:
        return False


def main(arguments: list[str]) -> int:
    """Serve the dashboard until Ctrl-C; return the exit code."""
    chosen = _parser().parse_args(arguments)
    column = LANGUAGES.index(chosen.lang)
    if not 1 <= chosen.port <= HIGHEST_PORT:
        return refuse(f"--port {chosen.port}: it must lie between 1 and {HIGHEST_PORT}")
    if not _packages_fit():
        return refuse(WORDS["missing"][column])
    from experiments.threads import limit_threads

    limit_threads()
    from experiments.dashboard.server import ServerError, serve

    def say_open(address: str) -> None:
        if chosen.host not in LOCAL_HOSTS:
            print(WORDS["exposed"][column].format(host=chosen.host))
        print(WORDS["open"][column].format(address=address), flush=True)

    try:
        serve(chosen.host, chosen.port, chosen.lang, say_open)
    except ServerError as error:
        return refuse(error)
    return 0
