"""Word, Excel and PowerPoint files -> content."""
