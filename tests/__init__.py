"""Tests; a package of its own, because pymrio installs another one named `tests`."""
