"""Sums of figures of events, kept by day and unit, so that years are added up from cells and not from rows (0032).

`leaves` says of which figures sums are kept, `touching` marks what was written since, `reading` adds cells and what
was touched up, `keeping` brings the cells up to date. Everything else is computed from the rows.
"""
