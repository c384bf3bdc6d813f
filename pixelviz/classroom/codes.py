"""The codes of classes, which pupils type."""

import re
import secrets

LETTERS = "BCDFGHJKMNPRSTWXYZ"
"""What a code is made of: capitals of which none looks like another or like a number, and no
vowels, so that no word comes out by chance."""

LENGTH = 8
"""Letters in a code: there are 18⁸, or 11 billion, of them."""

_BETWEEN = re.compile(r"[\s-]+")


def new() -> str:
    """Return a code that nobody can predict, such as "KRTWMXBD"."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read(text: str) -> str | None:
    """Return the code that somebody has typed, in any case and with spaces or hyphens.

    >>> read("krtw mxbd"), read("KRTW-MXBD"), read("KRTW")
    ('KRTWMXBD', 'KRTWMXBD', None)
    """
    code = _BETWEEN.sub("", text[: 4 * LENGTH]).upper()
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else None


def in_groups(code: str) -> str:
    """Return a code as people read it.

    >>> in_groups("KRTWMXBD")
    'KRTW MXBD'
    """
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def expected_finds(classes: int, tries_a_minute: float, hours: float) -> float:
    """Return how many classes somebody finds on average who tries codes at random.

    Args:
        classes: So many there are.
        tries_a_minute: So many are answered, on all replicas together.
        hours: So long they go on.
    """
    return classes * tries_a_minute * 60 * hours / float(len(LETTERS) ** LENGTH)
