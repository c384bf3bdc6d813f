"""The button for the full screen, with its component."""
