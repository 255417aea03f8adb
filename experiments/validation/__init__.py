"""What the model must show: published figures, and the same figures of simulated runs."""
