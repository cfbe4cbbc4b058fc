"""Rejected photos out of the way: into `_Rejected` on their own volume, and back. Nothing is deleted here."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.control import Control
from engine.errors import UnusableInput
from engine.export import move as moves
from engine.export import names, volume
from engine.export.operation import Action, Operation, photos
from engine.export.outcome import Outcome, Result, Status, Step
from engine.export.rejected_journal import NAME, RejectedJournal
from engine.files import shoot
from engine.files.shoot import REJECTED, stamp
from engine.types import Phase, Photo

REMOVABLE = "They lie on a removable drive, which may be the only place they are in."


@dataclass(frozen=True, slots=True)
class Plan:
    """Every file that would be moved. Nothing has been touched."""

    operations: tuple[Operation, ...]
    """Files of one photo stand together."""
    homes: Mapping[Path, Path]
    """The `_Rejected` folder of each photo, by `Operation.photo`."""
    problems: tuple[str, ...] = ()
    """Photos that stay where they are, a sentence each."""
    asks_twice: str | None = None
    """Why the photographer should be asked a second time, if there is a reason."""


def plan(folders: Sequence[Path], rejects: Iterable[Photo]) -> Plan:
    """What moving `rejects` out of the shoot of `folders` would do, below a `_Rejected` of each folder.

    A sub-folder that is another volume gets one of its own: nothing goes from one volume to another.
    """
    taken: dict[Path, names.Taken] = {}
    homes: dict[Path, Path] = {}
    operations: list[Operation] = []
    problems: list[str] = []
    for photo in rejects:
        try:
            home = _home(photo.path, folders)
            problem = _obstacle(photo, home)
            marks = {member: stamp(member) for member in photo.files}
        except OSError as error:
            problem = f"{photo.path} cannot be moved ({error.strerror}). Read the shoot again."
        if problem is not None:
            problems.append(problem)
            continue
        pairs = _free(photo.files, home.parent, home, taken.setdefault(home, names.Taken(home)))
        homes[photo.path] = home
        for source, target in pairs:
            operations.append(Operation(Action.MOVE, source, target, 0, marks[source], "rejected", photo.path))
    removable = any(volume.is_removable(home) for home in set(homes.values()))
    return Plan(tuple(operations), homes, tuple(problems), REMOVABLE if removable else None)


def restore_plan(folders: Sequence[Path], only: Collection[Path] | None = None) -> Plan:
    """What taking everything in the `_Rejected` folders of a shoot back to its place would do.

    `only` names photos by where they were. Raises UnusableInput as `shoot.read` does, StoreError.
    """
    homes: dict[Path, Path] = {}
    operations: list[Operation] = []
    problems: list[str] = []
    for home in shoot.read(folders).rejected:
        if volume.is_read_only(home):
            problems.append(f"{home} is on a drive that takes no changes. Allow writing there.")
            continue
        taken = names.Taken(home.parent)
        for files in _photos_in(home, only):
            origins = [place for _, place in files]
            pairs = _free(origins, home.parent, home.parent, taken)
            first = files[0][0]
            homes[first] = home
            for (lying, _), (_, target) in zip(files, pairs, strict=True):
                operations.append(Operation(Action.MOVE, lying, target, 0, stamp(lying), "restored", first))
    removable = any(volume.is_removable(home) for home in set(homes.values()))
    return Plan(tuple(operations), homes, tuple(problems), REMOVABLE if removable else None)


def run(wanted: Plan, control: Control | None = None) -> Iterator[Step]:
    """Move what either plan says: a step for each photo, then one of `Phase.FINISHED` with the result.

    Journaled: after a crash at any moment `recover` brings the photo that was in flight to an end. Raises StoreError
    where the journal cannot be written; nothing is moved then that it does not know of.
    """
    steering = control or Control()
    by_home: dict[Path, list[tuple[Operation, ...]]] = {}
    for photo in photos(wanted.operations):
        by_home.setdefault(wanted.homes[photo[0].photo], []).append(photo)
    outcomes: list[Outcome] = []
    for home, of_home in by_home.items():
        for settled in _run_in(home, of_home, steering):
            outcomes.extend(settled)
            yield Step(Phase.MOVING, len(outcomes), len(wanted.operations), outcomes=tuple(settled))
    result = Result(tuple(outcomes), wanted.problems, steering.cancelled)
    yield Step(Phase.FINISHED, len(outcomes), len(wanted.operations), result=result)


def recover(folders: Sequence[Path]) -> list[str]:
    """End what a killed program was at in the `_Rejected` folders of a shoot; a sentence for every photo touched.

    To be called before the shoot is listed. Raises UnusableInput as `shoot.read` does, StoreError.
    """
    said = []
    for home in shoot.read(folders).rejected:
        journal = RejectedJournal(home)
        said.extend(journal.recover())
        _tidy(journal)
    return said


def _run_in(home: Path, of_home: Sequence[Sequence[Operation]], control: Control) -> Iterator[list[Outcome]]:
    try:
        home.mkdir(exist_ok=True)
    except OSError as error:
        raise UnusableInput(f"{home} cannot be made ({error.strerror}). Allow writing in its folder.") from error
    journal = RejectedJournal(home)
    journal.recover()
    entries = journal.begin([[(op.source, op.target) for op in photo] for photo in of_home])
    for entry, photo in zip(entries, of_home, strict=True):
        control.wait()
        if control.cancelled:
            journal.end(entry, moved=False)
            yield [Outcome(operation, Status.UNTRIED) for operation in photo]
            continue
        outcomes, _ = moves.photo(photo, _make_room)
        journal.end(entry, moved=outcomes[0].status is Status.DONE)
        yield outcomes
    _tidy(journal)


def _tidy(journal: RejectedJournal) -> None:
    try:
        journal.forget()
    except OSError:
        return  # an empty folder that cannot be removed harms nobody


def _make_room(operation: Operation) -> None:
    operation.target.parent.mkdir(parents=True, exist_ok=True)


def _home(path: Path, folders: Sequence[Path]) -> Path:
    """The `_Rejected` folder for a photo: in the shoot's folder, or as far up as the photo's volume goes."""
    root = max((f for f in folders if path.is_relative_to(f)), key=lambda f: len(f.parts), default=path.parent)
    base = path.parent
    mine = base.stat().st_dev
    while base != root and base.parent.stat().st_dev == mine and not base.is_symlink():
        base = base.parent
    return base / REJECTED


def _obstacle(photo: Photo, home: Path) -> str | None:
    """Why a photo cannot be moved, if it cannot."""
    if REJECTED in photo.path.absolute().parts:
        return f"{photo.path} lies in {REJECTED} already. Open the folder above it."
    if any(member.is_symlink() for member in photo.files):
        return f"{photo.path} is a link to a file elsewhere. Move the file itself."
    if volume.is_read_only(home.parent):
        return f"{photo.path} is on a drive that takes no changes. Allow writing there, or copy the shoot first."
    if os.path.lexists(home) and (home.is_symlink() or not home.is_dir()):
        return f"{home} is no folder of its own. Rename it."
    return None


def _free(files: Sequence[Path], base: Path, to: Path, taken: names.Taken) -> list[tuple[Path, Path]]:
    """(file, where it goes below `to`), at its old place below `base`; all with a number where a name is taken."""
    for number in range(1, names.NUMBERED_TO):
        wanted = [_numbered(path.relative_to(base), number) for path in files]
        if taken.give(wanted):
            break
    return [(path, to / relative) for path, relative in zip(files, wanted, strict=True)]


def _numbered(relative: Path, number: int) -> str:
    if number == 1:
        return relative.as_posix()
    ending = names.suffix(relative)
    stem = relative.name[: len(relative.name) - len(ending)]
    return (relative.parent / f"{stem}-{number}{ending}").as_posix()


def _photos_in(home: Path, only: Collection[Path] | None) -> Iterator[list[tuple[Path, Path]]]:
    """(where a file lies, where it was) of each photo in a `_Rejected` folder, and of whatever else is there."""
    base = home.parent
    origins = RejectedJournal(home).origins()
    together: dict[tuple[Path, str], list[tuple[Path, Path]]] = {}
    for lying in sorted(path for path in home.rglob("*") if not path.is_dir() and path.name != NAME):
        known = origins.get(lying.relative_to(base).as_posix())
        place = base / known if known is not None else base / lying.relative_to(home)
        stem = names.stem_key(lying.name) or lying.name
        together.setdefault((lying.parent, stem), []).append((lying, place))
    for files in together.values():
        if only is None or any(place in only for _, place in files):
            yield files
