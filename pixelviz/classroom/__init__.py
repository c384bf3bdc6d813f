"""A class that writes its own data set: who may do what, and the database that keeps it a day."""
