"""Data sets of handwritten digits: MNIST, the sample digits, and a nearest-neighbour search."""
