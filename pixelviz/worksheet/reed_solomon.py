"""Bytes that still say what they said when some of them are read wrong (Reed and Solomon 1960).

A byte is an element of the field of 256 elements: addition is exclusive or, multiplication is that
of polynomials of bits modulo x⁸ + x⁴ + x³ + x² + 1. A message becomes a polynomial that is 0 at
so many powers of 2 as there are check bytes. Errors are found with Euclid's algorithm (Sugiyama and
others 1975). Polynomials are lists of coefficients here, the constant one first.
"""

from collections.abc import Sequence

LENGTH_MAX = 2**8 - 1
"""The most bytes of a code word: one for each element but 0."""

_MODULUS = 0x11D

_POWERS = [1]
while len(_POWERS) < LENGTH_MAX:
    _doubled = _POWERS[-1] << 1
    _POWERS.append(_doubled ^ _MODULUS if _doubled > LENGTH_MAX else _doubled)
_LOGARITHMS = {element: power for power, element in enumerate(_POWERS)}


def encode(message: bytes, check_bytes: int) -> bytes:
    """Return a message followed by its check bytes.

    Args:
        message: With the check bytes, at most 255 bytes.
        check_bytes: How many follow; half as many wrong bytes can be corrected.

    Example:
        >>> encode(b"digit", 4).hex()
        '6469676974bef63b04'
    """
    generator = [1]
    for power in range(check_bytes):
        generator = _product(generator, [_power(power), 1])
    shifted = [0] * check_bytes + list(reversed(message))
    _, remainder = _divided(shifted, generator)
    remainder += [0] * (check_bytes - len(remainder))
    return message + bytes(reversed(remainder))


def decode(received: bytes, check_bytes: int) -> bytes | None:
    """Return the message, although up to half as many bytes as there are check bytes are wrong.

    Args:
        received: What `encode` returned, some of it wrong.
        check_bytes: How many of its bytes are check bytes.

    Returns:
        The message without its check bytes; None if too much is wrong.
    """
    word = list(reversed(received))
    syndromes = _syndromes(word, check_bytes)
    if any(syndromes):
        located = _locator_and_evaluator(syndromes)
        if located is None or not _correct(word, *located):
            return None
        if any(_syndromes(word, check_bytes)):
            return None
    return bytes(reversed(word[check_bytes:]))


def _syndromes(word: Sequence[int], check_bytes: int) -> list[int]:
    """Return a word's values at the powers of 2, which are all 0 if nothing is wrong."""
    return [_value(word, _power(power)) for power in range(check_bytes)]


def _locator_and_evaluator(syndromes: list[int]) -> tuple[list[int], list[int]] | None:
    """Return the polynomials whose roots say where the errors are, and whose values how large."""
    half = len(syndromes) // 2
    before, rest = [0] * len(syndromes) + [1], _trimmed(syndromes)
    locator_before, locator = [0], [1]
    while len(rest) > half:
        quotient, next_rest = _divided(before, rest)
        before, rest = rest, next_rest
        step = _product(quotient, locator)
        locator_before, locator = locator, _sum(locator_before, step)
    if not rest or not locator or locator[0] == 0:
        return None
    scale = _power(-_LOGARITHMS[locator[0]])
    return _product(locator, [scale]), _product(rest, [scale])


def _correct(word: list[int], locator: list[int], evaluator: list[int]) -> bool:
    """Correct the errors in a word (Forney 1965); return whether all of them were found in it."""
    slope = [coefficient if power % 2 else 0 for power, coefficient in enumerate(locator)][1:]
    found = 0
    for position in range(len(word)):
        root = _power(-position)
        if _value(locator, root):
            continue
        denominator = _value(slope, root)
        if not denominator:
            return False
        size = _product([_value(evaluator, root)], [_power(-_LOGARITHMS[denominator])])
        word[position] ^= _product(size, [_power(position)])[0]
        found += 1
    return found == len(locator) - 1


def _power(exponent: int) -> int:
    return _POWERS[exponent % LENGTH_MAX]


def _value(polynomial: Sequence[int], at: int) -> int:
    """Return a polynomial's value at an element other than 0 (Horner's rule)."""
    logarithm, result = _LOGARITHMS[at], 0
    for coefficient in reversed(polynomial):
        result = coefficient ^ (_power(_LOGARITHMS[result] + logarithm) if result else 0)
    return result


def _sum(one: Sequence[int], other: Sequence[int]) -> list[int]:
    longer, shorter = sorted((one, other), key=len, reverse=True)
    tail = [0] * (len(longer) - len(shorter))
    return _trimmed([left ^ right for left, right in zip(longer, [*shorter, *tail], strict=True)])


def _product(one: Sequence[int], other: Sequence[int]) -> list[int]:
    result = [0] * (len(one) + len(other) - 1)
    for i, left in enumerate(one):
        for j, right in enumerate(other):
            if left and right:
                result[i + j] ^= _power(_LOGARITHMS[left] + _LOGARITHMS[right])
    return result


def _divided(dividend: Sequence[int], divisor: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the quotient and the remainder, whose leading coefficient is not 0."""
    rest, lead = list(dividend), _LOGARITHMS[divisor[-1]]
    quotient = [0] * max(1, len(dividend) - len(divisor) + 1)
    for shift in reversed(range(len(dividend) - len(divisor) + 1)):
        if top := rest[shift + len(divisor) - 1]:
            quotient[shift] = _power(_LOGARITHMS[top] - lead)
            for index, each in enumerate(divisor):
                if each:
                    rest[shift + index] ^= _power(_LOGARITHMS[quotient[shift]] + _LOGARITHMS[each])
    return quotient, _trimmed(rest)


def _trimmed(polynomial: list[int]) -> list[int]:
    """Return a polynomial without leading coefficients that are 0."""
    length = max((power + 1 for power, each in enumerate(polynomial) if each), default=0)
    return polynomial[:length]
