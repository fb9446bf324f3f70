"""Reports held against each other: papers in, findings out. Knows no world, only what is said."""
