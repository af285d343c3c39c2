"""The figure book: figures as data, compiled to one QuerySet each, computed with their denominator and dates."""
