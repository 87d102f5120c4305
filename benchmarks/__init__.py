"""Figures as ratios within one run: ours against the plain library, on this machine, now."""
