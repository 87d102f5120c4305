"""Storms inside one process: real store, delivery and adapters, fakes at the edges; each small or at full size."""
