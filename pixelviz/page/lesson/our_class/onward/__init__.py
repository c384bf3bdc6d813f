"""The ways from the class to the chapters that work on its digits."""
