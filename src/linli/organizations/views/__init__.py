"""The pages of organisations, one file per group; views parse, call one operation or query, render."""
