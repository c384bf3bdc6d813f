"""Giving a drawing of the main page to a class."""
