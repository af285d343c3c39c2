"""Reading matters; hidden equals missing. One file per kind of read; none of them writes."""
