"""The chapter Tensors, with its components."""
