"""The chapter Convolution, with its components."""
