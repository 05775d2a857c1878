"""Frameworks and mapping sets, damaged on purpose."""
