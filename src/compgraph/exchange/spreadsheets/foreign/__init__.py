"""Anybody's tables to the rows of our sheets, by a column map that the curator confirms."""
