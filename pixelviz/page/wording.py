"""How the page words what a model says. `browser/wording.js` words it alike."""

from pixelviz.model.classifier import Prediction

NOTHING_DRAWN = "Draw a digit"
NOT_SURE = "not sure"
CANNOT_TELL = "cannot tell; perhaps not a digit"
"""What a model that is not sure says where no few digits are likely."""


def percent(probability: float) -> str:
    r"""Return a probability for reading, never rounded to a certainty that it is not.

    Args:
        probability: 0 to 1.

    Example:
        >>> percent(0.9984), percent(0.99996), percent(0.00004)
        ('99.8\u202f%', '>\u202f99.9\u202f%', '<\u202f0.1\u202f%')
    """
    if probability < 0.0005:
        return "<\u202f0.1\u202f%"
    if probability >= 0.9995:
        return ">\u202f99.9\u202f%"
    return f"{100 * probability:.1f}\u202f%"


def in_words(prediction: Prediction) -> str:
    """Return all that the panel says about one model's prediction, but for the ten numbers."""
    said = prediction.digit if prediction.is_sure else NOT_SURE
    return f"Prediction: {said}, {reason(prediction)}"


def reason(prediction: Prediction) -> str:
    """Return how sure a model is, or what it would rather say, in the same words everywhere."""
    if prediction.is_sure:
        return f"{percent(prediction.confidence)} sure"
    if prediction.is_probable:
        return f"probably {prediction.digit}, {percent(prediction.confidence)}"
    if prediction.candidates:
        *others, last = prediction.candidates
        return f"looks like {', '.join(map(str, others))} or {last}"
    return CANNOT_TELL
