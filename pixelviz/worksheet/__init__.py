"""The worksheet to colour in: what its printer and its reader both have to know."""
