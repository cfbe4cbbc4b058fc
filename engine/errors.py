"""The tree of errors that the engine raises on purpose.

    ChinagraphError
    +-- UnusableInput          the user asked for something that cannot be: a missing folder, a wrong option
    +-- UnreadablePhoto        one file cannot be shown; it becomes a card with a reason
    |   +-- EmptyFile          0 bytes
    |   +-- DamagedFile        truncated or corrupt
    |   +-- UnsupportedFile    not a picture, or a kind that no decoder here reads
    |   +-- PictureTooLarge    more pixels than the cap; refused before decoding
    |   +-- VanishedFile       was there when the shoot was read and is not now
    |   +-- ChangedFile        changed while it was being read
    |   +-- ForbiddenFile      the operating system refuses to open it
    +-- PackError              a model pack cannot be used
    |   +-- PackMissing        the folder or one of its files is not there
    |   +-- PackAltered        a file's SHA-256 differs from the one in pack.json; names the file
    |   +-- SpaceMismatch      vectors of two embedding spaces were about to be mixed
    +-- MetadataError          metadata cannot be written or read; the file is left as it was
    |   +-- MalformedXmp       a sidecar or packet is not XMP
    |   +-- CannotEmbed        nothing is written into files of this kind
    +-- StoreError             a database cannot be used
        +-- StoreFull          the disk is full
        +-- StoreCorrupt       the file is not a database, or its pages are damaged
        +-- StoreFromFuture    written by a newer version of Chinagraph; left untouched
        +-- StoreBusy          another program holds the lock for too long

Every message names the file, the cause, and what to do next.
"""

import re

_NO_CHARACTER = re.compile("[\ud800-\udfff]")
"""What Python has in place of bytes of a file's name that are not UTF-8."""


class ChinagraphError(Exception):
    """Base of every error that the engine raises on purpose.

    Its message can be stored, printed and shown: bytes of a name that are no character stand as U+FFFD in it.
    """

    def __init__(self, message: str = "") -> None:
        super().__init__(_NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", message))


class UnusableInput(ChinagraphError):
    """The user asked for something that cannot be done; the message is one clear line."""


class UnreadablePhoto(ChinagraphError):
    """One file cannot be shown. It never stops a run."""


class EmptyFile(UnreadablePhoto):
    """The file has 0 bytes."""


class DamagedFile(UnreadablePhoto):
    """The file is truncated or corrupt."""


class UnsupportedFile(UnreadablePhoto):
    """The file is not a picture, or is of a kind that no decoder here reads."""


class PictureTooLarge(UnreadablePhoto):
    """The picture has more pixels than the cap and was refused before decoding."""


class VanishedFile(UnreadablePhoto):
    """The file was there when the shoot was read and is not there now."""


class ChangedFile(UnreadablePhoto):
    """The file changed while it was being read."""


class ForbiddenFile(UnreadablePhoto):
    """The operating system refuses to open the file."""


class PackError(ChinagraphError):
    """A model pack cannot be used."""


class PackMissing(PackError):
    """The pack's folder, or a file that it names, is not there."""


class PackAltered(PackError):
    """A file of the pack does not have the SHA-256 that pack.json states."""


class SpaceMismatch(PackError):
    """Vectors of two embedding spaces were about to be mixed."""


class MetadataError(ChinagraphError):
    """Metadata cannot be written or read. The file is left as it was."""


class MalformedXmp(MetadataError):
    """A sidecar or packet is not XMP, or declares entities."""


class CannotEmbed(MetadataError):
    """Nothing is written into files of this kind; the metadata travels beside them."""


class StoreError(ChinagraphError):
    """A database of Chinagraph's cannot be used."""


class StoreFull(StoreError):
    """The disk that holds the database is full."""


class StoreCorrupt(StoreError):
    """The file is not a database, or its pages are damaged."""


class StoreFromFuture(StoreError):
    """The database was written by a newer version of Chinagraph and is left untouched."""


class StoreBusy(StoreError):
    """Another program holds the database's lock for too long."""
