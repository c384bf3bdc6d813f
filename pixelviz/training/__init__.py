"""Training and measuring the models: MNIST and pen strokes in, models and card out."""
