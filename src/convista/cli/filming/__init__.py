"""What ``convista film`` is given: data, networks of one's own, and the files to write."""
