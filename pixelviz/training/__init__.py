"""The only room that trains: MNIST and pen strokes in, the models and their card out."""
