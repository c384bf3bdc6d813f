"""How the strokes of one person's digit vary with the speed and the care of the hand.

Each function leaves a stroke with too few points for it as it is.
"""

import numpy as np
from numpy.random import Generator

from pixelviz.ink import Points

HOOK_POINTS = 4
"""How many points a hook adds to its stroke."""


def varied(
    strokes: tuple[Points, ...],
    random: Generator,
    *,
    subsampling: float,
    cut: float,
    hook: float,
    gap: float,
) -> tuple[Points, ...]:
    """Return strokes as a faster or less careful hand would have drawn them.

    Args:
        strokes: What to vary.
        random: Chooses what happens to which stroke.
        subsampling: Each stroke's probability of being subsampled.
        cut: Its probability of being cut short.
        hook: The probability that one of the strokes has a hook.
        gap: Each stroke's probability of having a gap.
    """

    def happens(probability: float) -> bool:
        return random.random() < probability

    strokes = tuple(subsampled(each) if happens(subsampling) else each for each in strokes)
    strokes = tuple(cut_short(each, random) if happens(cut) else each for each in strokes)
    if happens(hook):
        strokes = hooked(strokes, random)
    parts = (with_gap(each, random) if happens(gap) else (each,) for each in strokes)
    return tuple(part for each in parts for part in each)


def subsampled(stroke: Points) -> Points:
    """Return a stroke with every other point, as if drawn twice as fast."""
    return stroke if len(stroke) < 4 else np.concatenate([stroke[:-1:2], stroke[-1:]])


def with_gap(stroke: Points, random: Generator) -> tuple[Points, ...]:
    """Return a stroke split in two by a gap of one segment, where the pen did not write."""
    if len(stroke) < 8:
        return (stroke,)
    gap = int(random.integers(2, len(stroke) - 3))
    return stroke[:gap], stroke[gap + 1 :]


def cut_short(stroke: Points, random: Generator) -> Points:
    """Return a stroke whose last part is missing, as if the pen had been lifted too soon.

    So the loop of a six or an eight stays open.
    """
    if len(stroke) < 6:
        return stroke
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
    end = along[-1] * (1 - random.uniform(0.03, 0.15))
    kept = int(np.searchsorted(along, end))
    if kept < 3:
        return stroke
    last = [np.interp(end, along, stroke[:, 0]), np.interp(end, along, stroke[:, 1])]
    return np.concatenate([stroke[:kept], [last]])


def hooked(strokes: tuple[Points, ...], random: Generator) -> tuple[Points, ...]:
    """Return strokes one of which begins or ends with a hook, up to a quarter of the digit's size.

    The pen touched the paper too soon, or was lifted too late: a one gets a foot, a three a tail.
    """
    chosen = int(random.integers(len(strokes)))
    stroke, size = strokes[chosen], float(np.ptp(np.concatenate(strokes), axis=0).max())
    if len(stroke) < 3 or size == 0:
        return strokes
    is_at_start = random.random() < 0.4
    path = stroke[::-1] if is_at_start else stroke
    across, down = path[-1] - path[max(len(path) - 4, 0)]
    turned = np.arctan2(down, across) + random.uniform(0.5, 2.9) * random.choice([-1, 1])
    length = size * random.uniform(0.06, 0.28)
    tip = path[-1] + length * np.array([np.cos(turned), np.sin(turned)])
    path = np.concatenate([path, np.linspace(path[-1], tip, HOOK_POINTS + 1)[1:]])
    return (*strokes[:chosen], path[::-1] if is_at_start else path, *strokes[chosen + 1 :])
