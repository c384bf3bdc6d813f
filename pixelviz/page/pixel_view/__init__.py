"""The picture, the integers and the strip of features, linked in the browser."""
