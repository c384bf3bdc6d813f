"""Files that are dropped anywhere on the page or pasted, with their component."""
