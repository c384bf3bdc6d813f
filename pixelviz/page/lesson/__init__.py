"""The chapters of the lesson, one file each. A chapter shows one idea on the person's own digit."""
