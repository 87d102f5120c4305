"""One package per platform; strangers to each other, speaking only chat and their own library."""
