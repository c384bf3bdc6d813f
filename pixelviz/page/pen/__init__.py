"""What the browser does for the canvas: it guards strokes, counts Undo, keeps the drawing."""
