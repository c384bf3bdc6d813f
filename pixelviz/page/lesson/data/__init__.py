"""The chapter Data: the pictures of a set, what models make of them, and where they lie."""
