"""The chapter Cover it, with its components."""
