"""Keeping drawings with their labels: the data set of a visit."""
