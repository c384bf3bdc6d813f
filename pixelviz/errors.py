"""What can go wrong, said so that a person knows what to do next."""


class PixelvizError(Exception):
    """Something was not as expected.

    Attributes:
        problem: What was passed and what was expected, in full sentences.
        fix: What to do about it, in one sentence.
    """

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(problem, fix)
        self.problem = problem
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.problem} {self.fix}"


class ArrayError(PixelvizError):
    """An array does not have the shape or the type that its name promises."""


class DrawingError(PixelvizError):
    """What the canvas sent is not a drawing."""


class ModelError(PixelvizError):
    """A model, or the card that describes it, is missing, altered or of the wrong shape."""


class DataError(PixelvizError):
    """A data set is missing or is not the one it should be."""


class PhotoError(PixelvizError):
    """A file is not a photo that can be read."""


class SharingError(PixelvizError):
    """A link or a file does not carry a drawing, or a drawing does not fit into a link."""
