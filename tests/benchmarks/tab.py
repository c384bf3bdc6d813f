"""What a browser knows of an open page of Streamlit, without the browser and without a network.

A `Tab` reads the server's messages (ForwardMsg) and writes the browser's (BackMsg), as Streamlit
1.67's own front end does. It keeps only what an answer is checked with, and what has to be sent.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.benchmarks.handwriting import Stage


@dataclass
class _Cached:
    """A message that the browser keeps, so that the server need not send it again."""

    pixels: str
    fragment: str
    used_in_run: int


class Tab:
    """What the browser knows of one open page.

    Attributes:
        pixels: What the pixel view shows: base64 of 784 bytes; None before its first message.
        is_loading: Whether the page says that the models are still loading.
        is_full: Whether the page said that it is full.
        session_id: The server's name for this session, "" before its first message.
        auto_reruns: By fragment, how often the browser is to run it by itself, in seconds.
        has_canvas_changed: Whether the server put something else on the canvas, which the canvas
            then loads and sends.
        problems: The errors that the page has shown since somebody last looked.
    """

    def __init__(self, address: str) -> None:
        self.pixels: str | None = None
        self.is_loading = self.is_full = self.has_canvas_changed = self.is_running = False
        self.session_id = ""
        self.auto_reruns: dict[str, float] = {}
        self.problems: list[str] = []
        self._address = address
        self._query = self._page_hash = self._canvas = self._clear = self._clear_in = (
            self._views
        ) = ""
        self._placed: Any = None
        self._fragments: Sequence[str] = ()
        self._awaited: str | None = None
        self._has_begun = False
        self._widgets: dict[str, WidgetState] = {}
        self._cache: dict[str, _Cached] = {}
        self._runs = self._longest_cached = 0

    def draw(self, stage: Stage) -> bytes:
        """Return what the browser sends when the canvas has changed."""
        self._widgets[self._canvas] = WidgetState(id=self._canvas, json_value=stage.canvas)
        return self.rerun(fragment=self._views)

    def clear(self) -> bytes:
        """Return what the browser sends when Clear is pressed."""
        return self.rerun(fragment=self._clear_in, pressed=self._clear)

    def rerun(self, *, fragment: str = "", pressed: str = "", by_itself: bool = False) -> bytes:
        """Return the browser's message to run the page, with all that its widgets are set to.

        Args:
            fragment: Which part of the page; all of it if empty.
            pressed: Which button was pressed, if any.
            by_itself: Whether it is the browser's own doing, for which nobody waits.
        """
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_script_hash = self._query, self._page_hash
        run.fragment_id, run.is_auto_rerun = fragment, by_itself
        run.widget_states.widgets.extend(self._widgets.values())
        if pressed:
            run.widget_states.widgets.add(id=pressed, trigger_value=True)
        run.cached_message_hashes.extend(self._cache)
        context = run.context_info
        context.timezone, context.locale, context.timezone_offset = "UTC", "en-US", 0
        context.url, context.is_embedded, context.color_scheme = self._address, False, "light"
        if not by_itself:
            self._awaited, self._has_begun = fragment, False
            self.pixels = None
        sent: bytes = message.SerializeToString()
        return sent

    def receive(self, data: bytes) -> bool:
        """Take in a message of the server; return whether it ends the run that is waited for."""
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._change(message)
        elif kind == "ref_hash":
            self._recall(message.ref_hash)
        elif kind == "script_finished":
            return self._finish(message)
        elif kind in _OTHERS:
            _OTHERS[kind](self, message)
        return False

    @property
    def is_canvas_emptied(self) -> bool:
        """Whether the server put nothing on the canvas, not some strokes."""
        return not self._placed or not self._placed["objects"]

    def wants_rerun(self) -> bool:
        """Return whether the browser runs the page once it is connected again."""
        return bool(not self.session_id or self.is_running or self._fragments or self.auto_reruns)

    def _begin(self, message: ForwardMsg) -> None:
        session, self._fragments = message.new_session, message.metadata.run.fragment_ids
        self.is_running = True
        self.session_id = session.initialize.session_id
        self._page_hash = session.page_script_hash
        self._longest_cached = session.config.max_cached_message_age
        if not self._fragments:
            self.auto_reruns = {}
        if self._awaited is not None:
            self._has_begun |= not self._fragments or self._awaited in self._fragments

    def _finish(self, message: ForwardMsg) -> bool:
        if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self.problems.append("the script does not compile")
        fragments = message.metadata.run.fragment_ids
        self.is_running = False
        self._forget_old_messages(fragments)
        is_awaited = self._awaited is not None and (not fragments or self._awaited in fragments)
        if not (is_awaited and self._has_begun):
            return False
        self._awaited = None
        return True

    def _change(self, message: ForwardMsg) -> None:
        delta = message.delta
        if delta.WhichOneof("type") == "new_element":
            element = delta.new_element
            kind = element.WhichOneof("type")
            if kind in _ELEMENTS:
                _ELEMENTS[kind](self, getattr(element, kind), delta.fragment_id)
            if message.metadata.cacheable:
                self._cache[message.hash] = _Cached(
                    (_brings_grid(element.bidi_component) and self.pixels) or "",
                    delta.fragment_id,
                    self._runs,
                )
        elif delta.add_block.id.endswith("-full"):
            self.is_full = True

    def _component(self, component: Any, fragment: str) -> None:
        if _brings_grid(component):
            message = json.loads(component.json)
            self.pixels = message["pixels"]
            self.is_loading = "Loading …" in message["answer"]["inWords"]
        elif component.id.endswith("-canvas"):
            self._canvas, self._views = component.id, fragment
            placed = json.loads(component.json)["initialDrawing"]
            self.has_canvas_changed |= self._placed not in (None, placed)
            self._placed = placed

    def _alert(self, alert: Any, _: str) -> None:
        if re.search(r"\bfull\b", alert.body):
            self.is_full = True
        elif alert.format == alert.ERROR:
            self.problems.append(f"error: {alert.body}")

    def _exception(self, exception: Any, _: str) -> None:
        self.problems.append(f"exception: {exception.type} {exception.message}")

    def _button(self, button: Any, fragment: str) -> None:
        if button.id.endswith("-clear"):
            self._clear, self._clear_in = button.id, fragment

    def _choice(self, group: Any, _: str) -> None:
        state = WidgetState(id=group.id)
        chosen = group.raw_values or [group.options[index].content for index in group.default]
        state.string_array_value.data.extend(chosen)
        self._set(state, group.set_value)

    def _slider(self, slider: Any, _: str) -> None:
        state = WidgetState(id=slider.id)
        state.double_array_value.data.extend(slider.value if slider.set_value else slider.default)
        self._set(state, slider.set_value)

    def _selectbox(self, box: Any, _: str) -> None:
        chosen = box.raw_value or box.options[box.default]
        self._set(WidgetState(id=box.id, string_value=chosen), box.set_value)

    def _set(self, state: WidgetState, is_by_server: bool) -> None:
        """Set a widget as it is when it appears; afterwards only the server changes it."""
        if is_by_server or state.id not in self._widgets:
            self._widgets[state.id] = state

    def _recall(self, message_hash: str) -> None:
        if message_hash not in self._cache:
            self.problems.append("a message that should have been cached is not")
            return
        cached = self._cache[message_hash]
        cached.used_in_run = self._runs
        self.pixels = cached.pixels or self.pixels

    def _forget_old_messages(self, fragments: Sequence[str]) -> None:
        self._runs += 1
        oldest = self._runs - self._longest_cached
        self._cache = {
            name: kept
            for name, kept in self._cache.items()
            if kept.used_in_run >= oldest or (fragments and kept.fragment not in fragments)
        }

    def _run_by_itself(self, message: ForwardMsg) -> None:
        self.auto_reruns[message.auto_rerun.fragment_id] = message.auto_rerun.interval

    def _stop_running_by_itself(self, message: ForwardMsg) -> None:
        for fragment in message.stop_auto_rerun.fragment_ids:
            self.auto_reruns.pop(fragment, None)

    def _address_changed(self, message: ForwardMsg) -> None:
        self._query = message.page_info_changed.query_string


def _brings_grid(component: Any) -> bool:
    """Return whether a component brings the pixel view its values."""
    name: str = component.component_name
    return name == "pixelviz_messenger"


_OTHERS: dict[str, Callable[[Tab, ForwardMsg], None]] = {
    "new_session": Tab._begin,
    "auto_rerun": Tab._run_by_itself,
    "stop_auto_rerun": Tab._stop_running_by_itself,
    "page_info_changed": Tab._address_changed,
}
_ELEMENTS: dict[str, Callable[[Tab, Any, str], None]] = {
    "bidi_component": Tab._component,
    "alert": Tab._alert,
    "exception": Tab._exception,
    "button": Tab._button,
    "button_group": Tab._choice,
    "slider": Tab._slider,
    "selectbox": Tab._selectbox,
}
