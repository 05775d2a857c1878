"""Files to grids of cells, within bounds, and csv back; what the cells mean is nothing to this room."""
