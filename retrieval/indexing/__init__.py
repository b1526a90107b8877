"""Documents -> a snapshot, kept in files and made again only where the documents changed."""
