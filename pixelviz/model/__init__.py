"""The trained models: their card, their predictions, and what these are made of."""
