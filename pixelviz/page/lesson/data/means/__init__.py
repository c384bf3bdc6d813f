"""The mean image of each digit of the chosen data set."""
