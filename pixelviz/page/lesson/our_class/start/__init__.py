"""The part that starts a class, shows how to join it, and ends it."""
