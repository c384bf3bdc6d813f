"""The chapter Unroll, with its component."""
