"""What the parts of the chapter look like."""

from pathlib import Path

from pixelviz.page.lesson.figures import CONTROLS

STYLES = (CONTROLS, Path(__file__).with_name("our_class.css"))
"""The style sheets that they share."""
