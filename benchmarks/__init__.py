"""Figures as ratios within one run: ours against the plain library, on this machine, now."""

import os

os.environ.setdefault("YORISOI_PUBLISH_TIMES", "now")
"""What is measured is the way of a worry, not its waiting for others."""
