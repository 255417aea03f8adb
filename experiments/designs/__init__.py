"""Designs of experiments: `factors.Factor`, `design.Design` and, for all its runs, `running.run_design`."""
