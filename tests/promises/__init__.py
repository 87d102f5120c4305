"""The promises page: what is promised, where it ends, and what stands behind it."""
