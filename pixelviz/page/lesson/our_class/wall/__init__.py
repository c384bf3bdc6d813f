"""The wall of all digits that the class has given."""
