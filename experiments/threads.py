"""Threads of numerical libraries: one a process, since the runs themselves fill the cores."""

import os

VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Variables that the libraries below NumPy read when they load, and pass on to the processes we start."""


def limit_threads() -> None:
    """Ask for one thread in this process and its children; call it before NumPy is imported.

    Sums must not depend on how many threads share them out.
    """
    for variable in VARIABLES:
        os.environ[variable] = "1"
