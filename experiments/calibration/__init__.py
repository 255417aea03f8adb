"""Calibration: screening, emulators, history matching, a posterior and its coverage, of any simulator."""
