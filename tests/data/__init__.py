"""The labelled sets, and the tests that read them."""
