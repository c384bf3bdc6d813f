"""The messenger: it brings the views what they show, while they stay as they are."""
