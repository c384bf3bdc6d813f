"""The pictures of the chosen data set, one by one and all together."""
