"""The one table of actions: name, text, keys and command. `desktop.window_actions` makes menus and shortcuts of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from desktop import (
    commands,
    compare_actions,
    goal_actions,
    goal_commands,
    group_commands,
    habit_actions,
    looks_actions,
    metadata_actions,
    rotation_actions,
    search_actions,
)
from desktop.action import Action
from desktop.desk import Desk
from desktop.filters import SortKey
from desktop.language import QT_TRANSLATE_NOOP
from desktop.rejecting import Act
from engine.types import Colour, Flag

MENUS = {
    "file": QT_TRANSLATE_NOOP("actions", "&File"),
    "edit": QT_TRANSLATE_NOOP("actions", "&Edit"),
    "flag": QT_TRANSLATE_NOOP("actions", "F&lag"),
    "stars": QT_TRANSLATE_NOOP("actions", "&Stars"),
    "colour": QT_TRANSLATE_NOOP("actions", "&Colour"),
    "group": QT_TRANSLATE_NOOP("actions", "&Burst"),
    "goal": QT_TRANSLATE_NOOP("actions", "Go&al"),
    "view": QT_TRANSLATE_NOOP("actions", "&View"),
    "sort": QT_TRANSLATE_NOOP("actions", "S&ort"),
    "go": QT_TRANSLATE_NOOP("actions", "&Go"),
    "help": QT_TRANSLATE_NOOP("actions", "&Help"),
}


def table() -> Iterator[Action]:
    """Every action, in the order of the menus."""
    yield from _file_actions()
    yield from _leaving_actions()
    yield from metadata_actions.table()
    yield from _run_actions()
    yield from _edit_actions()
    yield from _mark_actions()
    yield from _group_actions()
    yield from rotation_actions.table()
    yield from goal_actions.table()
    yield from _proposal_actions()
    yield from _view_actions()
    yield from compare_actions.table()
    yield from looks_actions.table()
    yield from _filter_actions()
    yield from _sort_actions()
    yield from _go_actions()
    yield from search_actions.table()
    yield from habit_actions.table()


def _file_actions() -> Iterator[Action]:
    yield Action(
        "open", "file", QT_TRANSLATE_NOOP("actions", "&Open Folder…"), ("Ctrl+O",), commands.open_folder, "folder"
    )
    yield Action(
        "reload",
        "file",
        QT_TRANSLATE_NOOP("actions", "&Read Folder Again"),
        ("F5",),
        commands.reload,
        "retry",
        is_possible=_has_shoot,
    )
    yield Action(
        "sample", "file", QT_TRANSLATE_NOOP("actions", "Open Sa&mple Shoot"), (), commands.open_sample, "photo"
    )
    yield Action(
        "clocks",
        "file",
        QT_TRANSLATE_NOOP("actions", "Camera &Clocks…"),
        ("Ctrl+K",),
        commands.show_clocks,
        "clock",
        is_possible=lambda desk: desk.session.shoot is not None,
    )


def _leaving_actions() -> Iterator[Action]:
    yield Action(
        "export",
        "file",
        QT_TRANSLATE_NOOP("actions", "&Export…"),
        ("Ctrl+E",),
        commands.show_export,
        "export",
        is_possible=_has_photos,
    )
    rows = (
        (Act.MOVE, "Ctrl+Backspace", QT_TRANSLATE_NOOP("actions", "Move Re&jected to _Rejected…"), _has_photos),
        (Act.RESTORE, "", QT_TRANSLATE_NOOP("actions", "&Bring Rejected Back…"), _has_put_away),
        (Act.EMPTY, "", QT_TRANSLATE_NOOP("actions", "Empty _Rejected into the &Trash…"), _has_put_away),
    )
    for act, key, text, is_possible in rows:
        keys = (key,) if key else ()
        command = partial(commands.show_rejected, act=act)
        yield Action(f"rejected.{act}", "file", text, keys, command, is_possible=is_possible)


def _run_actions() -> Iterator[Action]:
    yield Action(
        "pause",
        "file",
        QT_TRANSLATE_NOOP("actions", "&Pause Scoring"),
        ("Ctrl+Space",),
        commands.pause_or_resume,
        "pause",
        is_on=lambda desk: desk.session.is_paused,
        is_possible=lambda desk: desk.session.is_running,
    )
    yield Action(
        "stop",
        "file",
        QT_TRANSLATE_NOOP("actions", "&Stop Scoring"),
        (),
        commands.stop,
        "stop",
        is_possible=lambda desk: desk.session.is_running,
    )
    yield Action(
        "failures",
        "file",
        QT_TRANSLATE_NOOP("actions", "&Unreadable Photos…"),
        ("Ctrl+U",),
        commands.show_failures,
        "unreadable",
    )


def _edit_actions() -> Iterator[Action]:
    yield Action(
        "undo",
        "edit",
        QT_TRANSLATE_NOOP("actions", "&Undo"),
        ("Ctrl+Z",),
        commands.undo,
        "undo",
        is_possible=lambda desk: desk.session.culling.can_undo,
    )
    yield Action(
        "redo",
        "edit",
        QT_TRANSLATE_NOOP("actions", "&Redo"),
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        commands.redo,
        "redo",
        is_possible=lambda desk: desk.session.culling.can_redo,
    )

    yield Action("choose.all", "edit", QT_TRANSLATE_NOOP("actions", "Select &All"), ("Ctrl+A",), commands.choose_all)


def _mark_actions() -> Iterator[Action]:
    flags = (
        (Flag.PICK, "P", QT_TRANSLATE_NOOP("actions", "&Pick"), "pick"),
        (Flag.REJECT, "X", QT_TRANSLATE_NOOP("actions", "&Reject"), "reject"),
        (Flag.NONE, "U", QT_TRANSLATE_NOOP("actions", "&Unflag"), "unflag"),
    )
    for flag, key, text, icon in flags:
        yield from _with_advance(f"flag.{flag}", "flag", text, key, partial(commands.mark, value=flag), icon)
    stars = (
        QT_TRANSLATE_NOOP("actions", "&0 Stars"),
        QT_TRANSLATE_NOOP("actions", "&1 Star"),
        QT_TRANSLATE_NOOP("actions", "&2 Stars"),
        QT_TRANSLATE_NOOP("actions", "&3 Stars"),
        QT_TRANSLATE_NOOP("actions", "&4 Stars"),
        QT_TRANSLATE_NOOP("actions", "&5 Stars"),
    )
    for count, text in enumerate(stars):
        yield from _with_advance(f"stars.{count}", "stars", text, str(count), partial(commands.mark, value=count))
    colours = (
        (Colour.RED, "6", QT_TRANSLATE_NOOP("actions", "&Red")),
        (Colour.YELLOW, "7", QT_TRANSLATE_NOOP("actions", "&Yellow")),
        (Colour.GREEN, "8", QT_TRANSLATE_NOOP("actions", "&Green")),
        (Colour.BLUE, "9", QT_TRANSLATE_NOOP("actions", "&Blue")),
        (Colour.PURPLE, "", QT_TRANSLATE_NOOP("actions", "&Purple")),
        (Colour.NONE, "", QT_TRANSLATE_NOOP("actions", "&No Colour")),
    )
    for colour, key, text in colours:
        yield from _with_advance(f"colour.{colour}", "colour", text, key, partial(commands.label, colour=colour))


def _with_advance(
    name: str, menu: str, text: str, key: str, command: Callable[..., None], icon: str | None = None
) -> Iterator[Action]:
    """A mark, and the same mark that goes on to the next photo."""
    yield Action(name, menu, text, (key,) if key else (), command, icon)
    yield Action(f"{name}.advance", "", text, (f"Shift+{key}",) if key else (), partial(command, advance=True))


_KEEP = partial(group_commands.reject_rest, picks=True)


def _group_actions() -> Iterator[Action]:
    act = group_commands
    rows: tuple[tuple[str, str, str, Callable[[Desk], None], str | None], ...] = (
        ("best", "B", QT_TRANSLATE_NOOP("actions", "Go to Suggested &Best"), act.go_to_best, "best"),
        ("stack", "S", QT_TRANSLATE_NOOP("actions", "Open or Close &Stack"), act.toggle_stack, "burst"),
        ("stacks", "Shift+S", QT_TRANSLATE_NOOP("actions", "Open or Close &All Stacks"), act.toggle_stacks, None),
        ("keep", "Ctrl+Shift+P", QT_TRANSLATE_NOOP("actions", "&Keep, Reject the Rest"), _KEEP, "pick"),
        ("reject", "Ctrl+Shift+X", QT_TRANSLATE_NOOP("actions", "&Reject the Rest"), act.reject_rest, "reject"),
        ("join", "Ctrl+G", QT_TRANSLATE_NOOP("actions", "&Join Selected Photos"), act.join, "join"),
        ("split", "Ctrl+Shift+G", QT_TRANSLATE_NOOP("actions", "S&plit Before This Photo"), act.split, "split"),
        ("again", "", QT_TRANSLATE_NOOP("actions", "Group A&utomatically Again"), act.group_automatically, None),
    )
    for name, key, text, command, icon in rows:
        keys = (key,) if key else ()
        yield Action(f"group.{name}", "group", text, keys, command, icon, is_possible=_has_shoot)


def _proposal_actions() -> Iterator[Action]:
    """Keys that answer a proposal while there is one; at other times they have their usual meaning."""
    yield Action(
        "proposal.accept",
        "",
        QT_TRANSLATE_NOOP("actions", "Accept"),
        ("Return", "Enter"),
        commands.accept,
        is_possible=_has_proposal,
    )
    yield Action(
        "proposal.dismiss",
        "",
        QT_TRANSLATE_NOOP("actions", "Dismiss"),
        ("Escape",),
        commands.dismiss,
        is_possible=lambda desk: desk.has_proposal or goal_commands.can_escape(desk),
    )


def _view_actions() -> Iterator[Action]:
    views = (
        ("grid", "G", QT_TRANSLATE_NOOP("actions", "&Grid")),
        ("loupe", "E", QT_TRANSLATE_NOOP("actions", "&Loupe")),
        ("compare", "C", QT_TRANSLATE_NOOP("actions", "&Compare")),
        ("survey", "N", QT_TRANSLATE_NOOP("actions", "Surve&y")),
    )
    for view, key, text in views:
        yield Action(
            f"view.{view}",
            "view",
            text,
            (key,),
            partial(commands.show_view, view=view),
            view,
            is_on=partial(_shows, view=view),
        )
    yield Action(
        "scores",
        "view",
        QT_TRANSLATE_NOOP("actions", "&Hide Scores and Suggestions"),
        ("H",),
        commands.toggle_scores,
        "score-hidden",
        is_on=lambda desk: desk.session.model.scores_hidden,
    )
    yield Action(
        "panels",
        "view",
        QT_TRANSLATE_NOOP("actions", "Side &Panels"),
        ("Tab",),
        commands.toggle_panels,
        "panels",
        is_on=lambda desk: desk.panels_shown,
        in_views=True,
    )


def _filter_actions() -> Iterator[Action]:
    yield Action(
        "undecided",
        "view",
        QT_TRANSLATE_NOOP("actions", "Only Photos Without &Decision"),
        ("Ctrl+D",),
        commands.toggle_undecided,
        is_on=lambda desk: desk.session.model.filter.undecided,
    )
    yield Action(
        "filter.clear",
        "view",
        QT_TRANSLATE_NOOP("actions", "Clea&r Filters"),
        ("Ctrl+L",),
        commands.clear_filter,
        "filter",
        is_possible=lambda desk: not desk.session.model.filter.is_open,
    )


def _sort_actions() -> Iterator[Action]:
    keys = (
        (SortKey.RANK, QT_TRANSLATE_NOOP("actions", "By &Rank")),
        (SortKey.TIME, QT_TRANSLATE_NOOP("actions", "By Capture &Time")),
        (SortKey.NAME, QT_TRANSLATE_NOOP("actions", "By &Name")),
    )
    for key, text in keys:
        yield Action(
            f"sort.{key}", "sort", text, (), partial(commands.sort_by, key=key), is_on=partial(_sorts_by, key=key)
        )
    yield Action(
        "sort.reverse",
        "sort",
        QT_TRANSLATE_NOOP("actions", "Re&verse Order"),
        (),
        commands.reverse_order,
        "sort",
        is_on=lambda desk: desk.session.model.descending,
    )


def _go_actions() -> Iterator[Action]:
    yield Action("go.first", "go", QT_TRANSLATE_NOOP("actions", "&First Photo"), ("Ctrl+Home",), commands.go_to_first)
    yield Action("go.last", "go", QT_TRANSLATE_NOOP("actions", "&Last Photo"), ("Ctrl+End",), commands.go_to_last)
    yield Action("go.face", "go", QT_TRANSLATE_NOOP("actions", "Next Fa&ce"), ("F",), commands.show_face, "face")
    yield Action(
        "go.face.back",
        "go",
        QT_TRANSLATE_NOOP("actions", "Previous Fac&e"),
        ("Shift+F",),
        partial(commands.show_face, step=-1),
    )
    steps: tuple[tuple[str, str, str, Callable[[Desk], None]], ...] = (
        (
            "inside",
            "Alt+Right",
            QT_TRANSLATE_NOOP("actions", "Next &in the Burst"),
            partial(group_commands.step_inside, step=1),
        ),
        (
            "inside.back",
            "Alt+Left",
            QT_TRANSLATE_NOOP("actions", "Previous in the Bur&st"),
            partial(group_commands.step_inside, step=-1),
        ),
    )
    for name, key, text, command in steps:
        yield Action(f"go.{name}", "go", text, (key,), command)
    bursts = (
        ("burst", "Down", QT_TRANSLATE_NOOP("actions", "Next &Burst"), 1),
        ("burst.back", "Up", QT_TRANSLATE_NOOP("actions", "Previous B&urst"), -1),
    )
    for name, key, text, step in bursts:
        # In the grid the same keys go by lines.
        command = partial(group_commands.step_group, step=step)
        is_possible = partial(_shows, view="loupe")
        yield Action(f"go.{name}", "go", text, (key,), command, is_possible=is_possible, in_views=True)
    yield Action("go.next", "go", QT_TRANSLATE_NOOP("actions", "&Next Photo"), (), partial(commands.step, rows=1))
    yield Action(
        "go.previous", "go", QT_TRANSLATE_NOOP("actions", "&Previous Photo"), (), partial(commands.step, rows=-1)
    )


def _has_proposal(desk: Desk) -> bool:
    return desk.has_proposal


def _has_shoot(desk: Desk) -> bool:
    return bool(desk.session.folders)


def _has_photos(desk: Desk) -> bool:
    shoot = desk.session.shoot
    return shoot is not None and bool(shoot.photos)


def _has_put_away(desk: Desk) -> bool:
    shoot = desk.session.shoot
    return shoot is not None and bool(shoot.rejected)


def _shows(desk: Desk, view: str) -> bool:
    return desk.view == view


def _sorts_by(desk: Desk, key: SortKey) -> bool:
    return desk.session.model.sort_key is key
