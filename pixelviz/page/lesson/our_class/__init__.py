"""Chapter Our class: a class writes a data set of its own."""
