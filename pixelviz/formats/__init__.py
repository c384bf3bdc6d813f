"""The forms in which a digit is saved, shared or opened: link, CSV, NPY, PNG, Python, PDF."""
