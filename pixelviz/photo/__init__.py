"""A photo of handwritten digits: from the file to the ink of each digit."""
