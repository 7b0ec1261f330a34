"""Fuzzing: targets for atheris, what must hold of every reading, and seeds made from patterns."""
