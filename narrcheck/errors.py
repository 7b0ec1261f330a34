"""The errors narrcheck raises: for bad input, never for a wrong number in a document."""


class NarrcheckError(Exception):
    """Base of all narrcheck errors; the message is one line in Chinese for the caller."""


class DocumentError(NarrcheckError):
    """A document could not be read; the message names the file and the remedy."""


class EmptyFileError(DocumentError):
    """There is nothing in the file."""


class PatternError(NarrcheckError):
    """An entry of ``patterns/`` is malformed; the message names the file and the entry's id."""


class SettingsError(NarrcheckError):
    """A file of settings is malformed; the message names the file and the key."""


class TriageError(NarrcheckError):
    """What was kept of an earlier check cannot be read; the message names the file."""


class MeasureError(NarrcheckError):
    """A key of answers or a floor cannot be used; the message names the file and what is wrong."""
