"""The pages of the territory, one file per group; views parse, call one operation or query, render."""
