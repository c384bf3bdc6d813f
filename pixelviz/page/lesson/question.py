"""What a question of a chapter is."""

import random
from collections.abc import Iterable
from dataclasses import dataclass

OPTIONS_MAX = 4


@dataclass(frozen=True)
class Question:
    """A question with answers to choose from.

    Attributes:
        text: The question, in Markdown.
        right: The right answer.
        wrong: Some others, which differ from it and from each other.
        why: What explains the right answer, in one or two sentences.
    """

    text: str
    right: str
    wrong: tuple[str, ...]
    why: str

    @property
    def options(self) -> list[str]:
        """All answers, in an order that is always the same for this question."""
        options = [self.right, *self.wrong]
        random.Random(self.text + self.right).shuffle(options)
        return options


def ask(text: str, right: object, wrong: Iterable[object], why: str) -> Question:
    """Return a question; wrong answers that say the same as another one are left out."""
    others = dict.fromkeys(str(each) for each in wrong)
    others.pop(str(right), None)
    return Question(text, str(right), tuple(others)[: OPTIONS_MAX - 1], why)
