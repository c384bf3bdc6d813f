"""Writes what browsers are told about classes, as JSON."""

import base64
from typing import Any

from starlette.responses import JSONResponse, Response

from pixelviz import errors
from pixelviz.classroom.marks import Mark
from pixelviz.classroom.records import GivenDigit, Status, View
from pixelviz.errors import ClassError, TooOftenError
from pixelviz.server.script_modules import KEEP_NOTHING

Json = dict[str, Any]

STATUS_OF = {
    errors.GivenDigitError: 400,
    errors.KeyRefusedError: 401,
    errors.UnknownClassError: 404,
    errors.ClassClosedError: 409,
    errors.TooOftenError: 429,
    errors.ClassesOffError: 503,
}
"""What an answer's status is, by what went wrong."""


def mark_of(mark: Mark) -> Json:
    """Return a device's mark, with what CSS calls its colour."""
    return {
        "device": mark.device,
        "colour": mark.colour,
        "animal": mark.animal,
        "css": mark.css,
    }


def status_of(status: Status) -> Json:
    """Return what a device is told."""
    return {
        "mark": mark_of(status.mark),
        "ask": status.ask,
        "given": status.given,
        "count": status.count,
        "isPaused": status.is_paused,
        "secondsLeft": status.seconds_left,
    }


def view_of(view: View) -> Json:
    """Return what a teacher is told of a class, but for its digits."""
    return {
        "devices": [{**mark_of(mark), "count": count} for mark, count in view.devices],
        "count": view.count,
        "last": view.last,
        "isPaused": view.is_paused,
        "secondsLeft": view.seconds_left,
    }


def digit_of(digit: GivenDigit) -> Json:
    """Return a digit, its vector's 784 bytes in base64."""
    return {
        "number": digit.number,
        "device": digit.device,
        "label": digit.label,
        "pixels": base64.b64encode(digit.pixels).decode("ascii"),
        "age": digit.age_s,
    }


def refused(error: ClassError) -> Response:
    """Return the answer where something went wrong."""
    response = refusal(str(error), STATUS_OF[type(error)])
    if isinstance(error, TooOftenError):
        response.headers["Retry-After"] = str(error.wait_s)
    return response


def refusal(sentence: str, status: int) -> Response:
    """Return an answer that says why, in a sentence for a person."""
    return JSONResponse({"error": sentence}, status, headers={"Cache-Control": KEEP_NOTHING})
