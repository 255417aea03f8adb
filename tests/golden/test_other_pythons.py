"""Golden results on the other supported Pythons, where they are installed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUPPORTED = ("3.11", "3.12", "3.13")


def interpreter(version: str) -> str | None:
    """Return a Python of that version that runs; a shim may stand in the path and fail."""
    homes = [Path(sys.base_prefix).parent, Path("/usr"), Path("/usr/local")]
    found = [str(path) for home in homes for path in sorted(home.glob(f"**/bin/python{version}"))[:3]]
    for candidate in [f"python{version}", *found]:
        if shutil.which(candidate) is None:
            continue
        done = subprocess.run([candidate, "-c", "import venv"], capture_output=True, check=False)
        if done.returncode == 0:
            return candidate
    return None


@pytest.mark.long
@pytest.mark.parametrize("version", SUPPORTED)
def test_the_golden_results_hold(version: str, tmp_path: Path) -> None:
    if sys.version_info[:2] == tuple(map(int, version.split("."))):
        pytest.skip("this is the Python that runs the tests")
    python = interpreter(version)
    if python is None:
        pytest.skip(f"Python {version} is not installed")
    environment = tmp_path / "venv"
    subprocess.run([python, "-m", "venv", environment], check=True)
    own = str(environment / "bin" / "python")
    lock = str(ROOT / "requirements-dev.lock")
    subprocess.run([own, "-m", "pip", "install", "-q", "--require-hashes", "-r", lock], check=True)
    tests = [
        own,
        "-m",
        "pytest",
        "-q",
        "tests/golden/test_golden.py",
        "tests/model/test_mesa.py",
        "-m",
        "not long",
    ]
    done = subprocess.run(
        tests, cwd=ROOT, env={"PYTHONPATH": str(ROOT / "model"), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
