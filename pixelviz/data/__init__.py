"""Data sets of handwritten digits: MNIST, the sample digits, and the search among them."""
