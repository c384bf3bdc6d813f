"""What can go wrong. Each error says what to do about it."""


class PixelvizError(Exception):
    """The base of all errors that the page explains to the visitor.

    Attributes:
        problem: What was expected and what was passed, in full sentences.
        fix: What to do about it, in one sentence.
    """

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(problem, fix)
        self.problem = problem
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.problem} {self.fix}"


class ArrayError(PixelvizError):
    """An array does not have the expected shape or type, or a number is out of range."""


class DrawingError(PixelvizError):
    """What the canvas sent is not a drawing."""


class ModelError(PixelvizError):
    """A model, or the card that describes it, is missing, altered or of the wrong shape."""


class DataError(PixelvizError):
    """A data set is missing or is not the expected one."""


class PhotoError(PixelvizError):
    """A file is not an image that can be read, or shows no digit."""


class SharingError(PixelvizError):
    """A link or a file has no drawing that can be read, or a drawing does not fit into a link."""
