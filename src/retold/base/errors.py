"""Every error that Retold raises.

    RetoldError
    ├── InputError            something the user handed over cannot be used
    │   ├── NotFoundError     no such file, folder or page
    │   ├── EncodingError     bytes that are no text in any encoding we can tell
    │   ├── EmptyError        nothing to read: an empty file, a page without an article
    │   ├── TooLargeError     beyond a stated limit
    │   ├── MalformedError    a broken line, a missing column, a wrong type
    │   └── FetchError        a page that could not be fetched
    │       └── RefusedError  a page that we will not fetch: robots.txt, a private address
    ├── SettingsError         a wrong setting; raised before any work starts
    ├── PipelineError         stages that do not fit together; raised before any work starts
    ├── StoreError            a workspace that cannot be used; nothing in it was damaged
    │   ├── BusyError         another process writes to it
    │   ├── NewerError        a later version of Retold has written it
    │   ├── ReadOnlyError     it may not be changed
    │   ├── FullError         the disk is full
    │   └── DamagedError      the file is broken
    └── OptionalError         an optional upgrade that is not installed

An error says what was expected, what was found, where, and what to do. `InputError` never ends a run that has other
input: it becomes one row of `failures` (see `retold.base.records.Failure`).
"""

from __future__ import annotations


class RetoldError(Exception):
    """The root of every error that Retold raises on purpose.

    Args:
        expected: what would have been right, as a noun phrase.
        found: what was there instead.
        where: the input, file, line or setting.
        advice: what the reader can do about it.
    """

    def __init__(self, *, expected: str, found: str, where: str = "", advice: str = "") -> None:
        self.expected = expected
        self.found = found
        self.where = where
        self.advice = advice
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """One line: where, expected, found, advice.

        >>> EmptyError(expected="an article", found="0 bytes", where="a.txt", advice="leave it out").message
        'a.txt: expected an article, found 0 bytes; leave it out'
        """
        head = f"{self.where}: " if self.where else ""
        tail = f"; {self.advice}" if self.advice else ""
        return f"{head}expected {self.expected}, found {self.found}{tail}"


class InputError(RetoldError):
    """Something the user handed over cannot be used."""


class NotFoundError(InputError):
    """No such file, folder or page."""


class EncodingError(InputError):
    """Bytes that are no text in any encoding we can tell."""


class EmptyError(InputError):
    """Nothing to read: an empty file, or a page without an article."""


class TooLargeError(InputError):
    """An input beyond a stated limit."""


class MalformedError(InputError):
    """A broken line, a missing column or a value of the wrong type."""


class FetchError(InputError):
    """A page that could not be fetched."""


class RefusedError(FetchError):
    """A page that Retold will not fetch: robots.txt forbids it, or it leads to a private address."""


class SettingsError(RetoldError):
    """A wrong setting; raised before any work starts."""


class PipelineError(RetoldError):
    """Stages that do not fit together; raised before any work starts."""


class StoreError(RetoldError):
    """A workspace that cannot be used."""


class BusyError(StoreError):
    """Another process writes to the workspace."""


class NewerError(StoreError):
    """A later version of Retold has written the workspace."""


class ReadOnlyError(StoreError):
    """The workspace may not be changed."""


class FullError(StoreError):
    """The disk is full."""


class DamagedError(StoreError):
    """The file of the workspace is broken."""


class OptionalError(RetoldError):
    """An optional upgrade that is not installed."""
