"""The chapter Train, with its components."""
