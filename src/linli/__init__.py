"""Linli (邻里): the open platform on which a county or district runs its neighbourhood governance."""
