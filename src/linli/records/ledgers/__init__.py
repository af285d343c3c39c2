"""Reading ledgers: files into sheets, sheets into tables, cells into values, names into comparable forms.

Pure functions; nothing here knows record types or the database.
"""
