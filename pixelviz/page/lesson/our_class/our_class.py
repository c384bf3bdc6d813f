"""Chapter Our class: a class writes a data set of its own."""

import streamlit as st

from pixelviz.page.lesson.figures import Drawing, tell
from pixelviz.page.lesson.our_class.give import give
from pixelviz.page.lesson.our_class.onward import class_onward
from pixelviz.page.lesson.our_class.start import class_start
from pixelviz.page.lesson.our_class.take_away import class_files
from pixelviz.page.lesson.our_class.wall import class_wall
from pixelviz.server.classrooms import CLASSROOMS


def show(drawing: Drawing) -> None:
    """Show how a class is started, what it has given, and what can be done with that."""
    tell(
        "The digits of MNIST were written on forms: by employees of the US Census Bureau, and by "
        "high-school students. A class can do the same on phones: each is asked for digits one by "
        "one, and your own **data set** grows here."
    )
    off = CLASSROOMS.whether_on()
    if off:
        st.markdown(off)
        return
    class_start.show()
    class_wall.show()
    class_files.show()
    tell(
        "What does your class write like? In *Data*, its **mean images** are its typical digits, "
        "and the **confusion matrix** says which of them the three models misread. They have "
        "learned from other hands: look at your sevens. Who crosses them, and are those read?"
    )
    tell(
        "In *Train*, a model learns from your class itself. **Hold out** some writers: it does not "
        "learn from their digits, and those show how it reads the hand of somebody it does not "
        "know. Then let it learn from MNIST, and try it on your class: which of the two reads you?"
    )
    class_onward.show()
    tell(
        "For pupils who have this page open: instead of writing on the class's own page, they can "
        "give what is on the canvas here, and see in all views what the class gets."
    )
    give.show(drawing)
