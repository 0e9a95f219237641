"""Building thousands of files: what is read, kept, changed since, and written."""
