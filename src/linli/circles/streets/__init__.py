"""Streets as numbers: read from a file, tied to homes and facilities, walked along. No database here."""
