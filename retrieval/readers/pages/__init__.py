"""PDF files -> content."""
