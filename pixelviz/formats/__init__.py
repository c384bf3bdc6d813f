"""What a digit is written as and read from: link, CSV, NPY, PNG, Python, worksheet."""
