"""Text that comes from outside, shown as text where Streamlit expects Markdown."""

import re

WORD_JOINER = "\u2060"
"""An invisible character, at which no line breaks: it keeps two others from being read together."""

_MARKUP = re.compile(r"[\\`*_\[\]<>~$&|{}]")
"""What CommonMark, GitHub's tables and TeX begin with; a backslash escapes it."""

_REPLACED = re.compile(
    r"(?<=:)(?=\S)"  # :red[colours], :material/icons:, :emoji: and https://
    r"|(?<=@)(?=\S)"  # addresses of mail
    r"|(?<=www)(?=\.)"
    r"|(?<!\S)(?=(?:<->|->|<-|--|>=|<=|~=)(?!\S))",  # arrows and signs
    re.IGNORECASE,
)
"""Where a word joiner is needed: what Streamlit replaces after backslashes have been read."""


def to_markdown(text: str) -> str:
    r"""Return Markdown that Streamlit shows as exactly this text, on one line.

    Args:
        text: Any text. White space becomes single spaces.

    Example:
        >>> print(to_markdown("a *star* and [a link](x)"))
        a \*star\* and \[a link\](x)
    """
    line = " ".join(text.split())
    if not line[:1].isalpha():  # a heading, list or quotation begins with another character
        line = WORD_JOINER + line
    return _MARKUP.sub(r"\\\g<0>", _REPLACED.sub(WORD_JOINER, line))
