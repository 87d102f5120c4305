"""Scenes, properties and proofs."""
