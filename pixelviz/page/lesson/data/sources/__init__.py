"""Which data set the chapters work on, and where it comes from."""
