"""A photo with its digits marked, in which a box can be drawn, with its component."""
