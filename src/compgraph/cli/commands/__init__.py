"""One module a command, each with its ``command``; the folder is the list."""
