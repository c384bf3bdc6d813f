"""The pupils' page: it asks for digits one by one, and gives them to a class."""
