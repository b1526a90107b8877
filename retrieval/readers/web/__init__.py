"""Web pages and e-books -> content."""
