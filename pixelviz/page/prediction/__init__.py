"""The prediction: what the models make of the digit, in the browser and on the server."""
