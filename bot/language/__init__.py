"""Reads Japanese and English as people write them; knows no people and no platforms."""
