"""What the models are trained and measured on: pen strokes, symbols, non-digits, all varied."""
