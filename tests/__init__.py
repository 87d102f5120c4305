"""Scenes, properties and proofs."""

import os

os.environ.setdefault("YORISOI_PUBLISH_TIMES", "now")
"""Most tests are not about waiting for the next batch; processes that they start take it over."""
