"""Reports as Word files: fields in ordinary documents, their values filled in, and the same document as pages.

Nothing here asks the database: what a field is worth comes from `queries/reports.py`.
"""
