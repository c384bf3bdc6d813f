"""PDF's own drawing operators (ISO 32000-1), as text, and the file around them.

Lines, rectangles and text in the built-in Helvetica are sharp at any size. Nothing in the file is
compressed: it can be read in a text editor. Lengths are in points of 1/72 inch, y grows upwards
from the lower edge of the page; lightness is 0 (black) to 1 (white).
"""

import numpy as np
from numpy.typing import NDArray

PAGE_PT = (595, 842)
"""Width and height of A4."""

DIGIT_EM = 0.556
"""Width of a digit in Helvetica, as a share of the font size (Adobe's font metrics)."""

PLAIN, BOLD = "F1", "F2"


def box(x: float, y: float, width: float, height: float, light: float) -> str:
    """Fill a rectangle."""
    return f"{light:.3g} g {x:g} {y:g} {width:g} {height:g} re f"


def frame(x: float, y: float, width: float, height: float) -> str:
    """Draw the edges of a rectangle."""
    return f"0 G 0.8 w {x:g} {y:g} {width:g} {height:g} re S"


def line(x: float, y: float, to_x: float, to_y: float, *, light: float = 0.0) -> str:
    """Draw a thin line."""
    return f"{light:g} G 0.5 w {x:g} {y:g} m {to_x:g} {to_y:g} l S"


def number(x: float, y: float, value: int, size: float, *, light: float) -> str:
    """Write an integer centred on x and y."""
    width = len(str(value)) * DIGIT_EM * size
    return text(x - width / 2, y - 0.36 * size, str(value), size, light=light)


def picture(x: float, y: float, size: float, grey: NDArray[np.uint8]) -> str:
    """Draw a picture, with sharp points.

    Args:
        x: Its left edge.
        y: Its lower edge.
        size: Its width and height.
        grey: (H, W) uint8, 0 black to 255 white.
    """
    height, width = grey.shape
    form = f"/W {width} /H {height} /BPC 8 /CS /G /F /AHx /I false"
    return f"q {size:g} 0 0 {size:g} {x:g} {y:g} cm BI {form} ID {grey.tobytes().hex()}> EI Q"


def text(
    x: float, y: float, words: str, size: float, *, font: str = PLAIN, light: float = 0.0
) -> str:
    """Write a line of text, from x on the baseline y."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT {light:g} g /{font} {size:g} Tf {x:.4g} {y:.4g} Td ({escaped}) Tj ET"


def document(*pages: list[str], title: str) -> bytes:
    """Return a PDF file.

    Args:
        pages: For each page its drawing operators.
        title: What it is; without parentheses.
    """
    first = 5  # objects 1 to 4 are shared by all pages
    kids = " ".join(f"{first + 2 * page} 0 R" for page in range(len(pages)))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        font.format("Helvetica"),
        font.format("Helvetica-Bold"),
    ]
    for page, operators in enumerate(pages):
        stream = "\n".join(operators)
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_PT[0]} {PAGE_PT[1]}] "
            f"/Resources << /Font << /{PLAIN} 3 0 R /{BOLD} 4 0 R >> >> "
            f"/Contents {first + 2 * page + 1} 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    objects.append(f"<< /Title ({title}) >>")
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(f"{len(body):010} 00000 n \n")
        body += f"{number} 0 obj\n{content}\nendobj\n"
    count = len(objects) + 1
    body += (
        f"xref\n0 {count}\n0000000000 65535 f \n{''.join(offsets)}"
        f"trailer\n<< /Size {count} /Root 1 0 R /Info {count - 1} 0 R >>\n"
        f"startxref\n{len(body)}\n%%EOF\n"
    )
    return body.encode("ascii")
