"""The trained models: their card, their predictions, and how pixels contribute to these."""
