"""The random mark of a device, such as "blue fox", by which a class tells its writers apart."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

COLOURS = {
    "red": "#d7303b",
    "orange": "#f08c00",
    "yellow": "#f2d024",
    "green": "#2b9348",
    "turquoise": "#1fb5ad",
    "blue": "#2f6fd0",
    "violet": "#8250c8",
    "pink": "#ee6fa8",
    "brown": "#8d5b33",
    "grey": "#8a939c",
}
"""Colours by their names, as CSS writes them."""

ANIMALS = (
    *("ant", "bat", "bear", "bee", "crab", "crow", "deer", "duck", "eagle", "fish"),
    *("fox", "frog", "goat", "hare", "horse", "lion", "mole", "mouse", "otter", "owl"),
)

COUNT = len(COLOURS) * len(ANIMALS)


@dataclass(frozen=True)
class Mark:
    """A device's mark.

    Attributes:
        device: Its number, 0 to COUNT - 1; in a class no two devices have the same.
    """

    device: int

    @property
    def colour(self) -> str:
        """Its colour's name."""
        return list(COLOURS)[self.device % len(COLOURS)]

    @property
    def css(self) -> str:
        """Its colour as CSS writes it."""
        return COLOURS[self.colour]

    @property
    def animal(self) -> str:
        """Its animal."""
        return ANIMALS[self.device // len(COLOURS)]


def free(taken: Collection[int]) -> Mark:
    """Return a mark by chance that is not taken.

    Args:
        taken: The numbers of fewer than COUNT devices.
    """
    return Mark(secrets.choice([number for number in range(COUNT) if number not in taken]))
