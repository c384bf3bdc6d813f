"""The page's JavaScript: its types, its style, and its pure functions, all checked by Node.js."""
