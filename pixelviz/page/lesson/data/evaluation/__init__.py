"""What the three models make of the chosen data set."""
