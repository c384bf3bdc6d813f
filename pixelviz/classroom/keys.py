"""Keys: who has one may do what it is for. The database has only their hashes."""

import hashlib
import hmac
import secrets

BYTES = 16
"""Random bytes in a key: it cannot be guessed, so a plain hash of it cannot be turned back."""


def new() -> str:
    """Return a key of 128 random bits, as 22 letters, digits, hyphens and underscores."""
    return secrets.token_urlsafe(BYTES)


def hashed(key: str) -> bytes:
    """Return a key's SHA-256, 32 bytes, which is what the database gets."""
    return hashlib.sha256(key.encode()).digest()


def is_right(key: str, stored: bytes) -> bool:
    """Tell whether a key has this hash, in a time that says nothing about it."""
    return hmac.compare_digest(hashed(key), stored)
