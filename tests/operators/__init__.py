"""Tests of what whoever runs the server sees and can do."""
