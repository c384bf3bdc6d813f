import numpy as np
import pytest

from pixelviz.worksheet import reed_solomon

MESSAGE = bytes(np.random.default_rng(5).integers(0, 256, 100, dtype=np.uint8))


def spoilt(word: bytes, count: int, seed: int) -> bytes:
    """Return a word in which so many bytes are wrong."""
    random = np.random.default_rng(seed)
    wrong = bytearray(word)
    for position in random.choice(len(word), count, replace=False):
        wrong[position] ^= int(random.integers(1, 256))
    return bytes(wrong)


def test_the_check_bytes_are_those_of_the_standard_for_qr_codes() -> None:
    """The example of ISO/IEC 18004, annex I: "01234567" in version 1-M, in the same field."""
    message = bytes.fromhex("10200c566180 ec11 ec11 ec11 ec11 ec11")
    check_bytes = bytes.fromhex("a524d4c1ed36c7872c55")
    assert reed_solomon.encode(message, 10) == message + check_bytes


@pytest.mark.parametrize("check_bytes", [12, 30, 36])
@pytest.mark.parametrize("seed", range(5))
def test_half_as_many_wrong_bytes_as_check_bytes_are_corrected(check_bytes: int, seed: int) -> None:
    word = reed_solomon.encode(MESSAGE, check_bytes)
    assert word[:100] == MESSAGE
    assert len(word) == 100 + check_bytes
    for count in (0, 1, 2, check_bytes // 2):
        assert reed_solomon.decode(spoilt(word, count, seed), check_bytes) == MESSAGE


def test_the_check_bytes_may_be_the_wrong_ones() -> None:
    word = bytearray(reed_solomon.encode(MESSAGE, 8))
    word[-4:] = bytes(255 - each for each in word[-4:])
    assert reed_solomon.decode(bytes(word), 8) == MESSAGE


@pytest.mark.parametrize("seed", range(20))
def test_a_word_with_more_wrong_bytes_is_refused(seed: int) -> None:
    word = reed_solomon.encode(MESSAGE, 28)
    for count in (16, 40, 128):
        assert reed_solomon.decode(spoilt(word, count, seed), 28) is None


def test_a_word_of_zeros_is_a_message_of_zeros() -> None:
    assert reed_solomon.encode(bytes(9), 4) == bytes(13)
    assert reed_solomon.decode(bytes(13), 4) == bytes(9)
