"""The tests; tests/unit and tests/page mirror the folders of pixelviz/."""
