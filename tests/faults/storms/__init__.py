"""Storms inside one process: the real store, delivery and adapters, fakes only at the edges; each small or at full size."""
