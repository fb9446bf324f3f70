"""Ground floor: errors, words, shapes, units, chance, sparse solves and linear programmes."""
