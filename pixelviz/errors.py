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


class ClassError(PixelvizError):
    """What was asked of a class that writes its own data set cannot be done."""


class ClassesOffError(ClassError):
    """There is no database for classes here, or it does not answer."""


class UnknownClassError(ClassError):
    """No class has this code: it never had one, or the class has ended."""


class KeyRefusedError(ClassError):
    """The key is not that of the teacher or of a device of the class."""


class ClassClosedError(ClassError):
    """The class takes nothing now: it is paused, or a limit is reached."""


class GivenDigitError(ClassError):
    """What was given is no digit: not 784 bytes, or no label from 0 to 9."""


class TooOftenError(ClassError):
    """Something was tried more often than allowed.

    Attributes:
        wait_s: So many seconds later it may be tried again.
    """

    def __init__(self, problem: str, wait_s: int) -> None:
        super().__init__(problem, f"Try again in {wait_s} s.")
        self.wait_s = wait_s
