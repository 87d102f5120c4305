"""The long runs of `make faults`: each module offers TITLE and run(), and returns its figures."""
