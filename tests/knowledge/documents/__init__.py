"""Documents as centres have them, made here, and what is read from them."""
