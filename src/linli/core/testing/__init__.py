"""What tests stand on: databases cloned from a migrated template, and the cast of a small neighbourhood.

Only tests and the demo import from here.
"""
