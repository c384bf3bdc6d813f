"""The only room that trains: MNIST in, the files in `models/` and their card out."""
