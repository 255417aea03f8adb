"""The notebook of the tutorial for researchers runs from its first cell to its last."""

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from experiments._hydra import PROJECT_ROOT

NOTEBOOK = PROJECT_ROOT / "experiments" / "tutorials" / "researcher.ipynb"


def read() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]


def test_no_output_is_kept() -> None:
    """Outputs are those of the reader's machine."""
    cells = [cell for cell in read().cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in cells)


@pytest.mark.filterwarnings("ignore")
def test_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", f"{PROJECT_ROOT / 'model'}:{PROJECT_ROOT}")
    notebook = read()
    place = {"metadata": {"path": PROJECT_ROOT}}
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources=place).execute()
    last = [cell for cell in notebook.cells if cell.cell_type == "code"][-1]
    shipped, own = re.findall(r"\d+\.\d+", last.outputs[-1]["data"]["text/plain"])
    assert shipped != own
