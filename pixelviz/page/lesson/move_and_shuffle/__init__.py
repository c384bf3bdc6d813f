"""The chapter Move and shuffle, with its component."""
