"""A photo of handwritten digits: from the image file to the ink of each digit."""
