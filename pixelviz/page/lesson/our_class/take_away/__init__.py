"""The files that can be taken away of a class."""
