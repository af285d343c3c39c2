"""Pages of the figure book, and the figures that everybody may read."""
