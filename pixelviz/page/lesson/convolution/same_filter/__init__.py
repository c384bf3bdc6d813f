"""The last part of the chapter Convolution: the digit moves, and a map moves along."""
