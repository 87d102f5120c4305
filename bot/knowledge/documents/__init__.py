"""Reads a centre's own handbook, whatever kind of file it is, into passages that can be shown alone."""
