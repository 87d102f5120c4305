"""The only room that speaks SQL: rows, keys, and what may be shown of them."""
