"""What `make bench` runs: one installation of its own, filled, served and measured against its bare database."""
