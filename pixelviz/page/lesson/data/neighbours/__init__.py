"""The nearest neighbours of the drawing in the chosen data set."""
