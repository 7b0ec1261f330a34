"""Views of one Report, and of what was read: for people, and for programs (``docs/schema/``)."""
