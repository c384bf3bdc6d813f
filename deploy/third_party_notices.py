"""Print a notice of all installed packages: names, versions, licences, and their licence texts.

The Dockerfile writes it into the image. What packages bring along, such as the JavaScript and the
fonts of Streamlit and of the drawable canvas, and the libraries in TensorFlow and Pillow, is under
licences that those packages name.
"""

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors|third.?party)", re.I)
"""How the names of licence files begin, in packages that have no folder `licenses` for them."""

CODE = {".py", ".pyc", ".pyi", ".h", ".js"}
LINE = "=" * 80

INTRODUCTION = """\
This image contains Pixelviz and the packages of Python below, each under the licence that it names.
The JavaScript and the fonts that a browser loads are part of the packages streamlit and
streamlit-drawable-canvas. Python and the system's programs have their own notices, in
/usr/local/lib/python3.*/LICENSE.txt and /usr/share/doc/*/copyright.
"""


def main() -> None:
    """Print the notice."""
    print(INTRODUCTION)
    for package in sorted(distributions(), key=lambda each: each.name.lower()):
        print(f"{LINE}\n{package.name} {package.version}\nLicence: {licence(package)}\n")
        for name, text in licence_texts(package):
            print(f"--- {name}\n\n{text.strip()}\n")


def licence(package: Distribution) -> str:
    """Return the licence that a package names, in the most exact form that it uses."""

    def stated(field: str) -> list[str]:
        return package.metadata.get_all(field) or []

    classifiers = [each for each in stated("Classifier") if each.startswith("License ::")]
    names = (
        stated("License-Expression")
        or [each.rpartition(" :: ")[2] for each in classifiers]
        or [text.strip().splitlines()[0] for text in stated("License") if text.strip()]
    )
    return ", ".join(names) or "see below"


def licence_texts(package: Distribution) -> Iterator[tuple[str, str]]:
    """Give the name and the text of each licence file that a package was installed with."""
    for file in package.files or []:
        is_licence = "licenses" in file.parts or LICENCE_FILE.match(file.name)
        if is_licence and file.suffix not in CODE:
            yield str(file), Path(str(file.locate())).read_text("utf-8", errors="replace")


if __name__ == "__main__":
    main()
