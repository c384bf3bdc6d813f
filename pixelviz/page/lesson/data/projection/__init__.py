"""The chosen data set, and the person's own digit, brought down to two dimensions."""
