"""Views of one Report: text for people, JSON (schema 1, ``docs/schema/``) for programs."""
