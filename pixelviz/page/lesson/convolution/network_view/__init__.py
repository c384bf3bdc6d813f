"""The second half of the chapter Convolution: a look into the real network."""
