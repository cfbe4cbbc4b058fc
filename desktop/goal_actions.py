"""The actions of a suggested selection."""

from __future__ import annotations

from collections.abc import Iterator

from desktop import goal_commands
from desktop.action import Action
from desktop.language import QT_TRANSLATE_NOOP


def table() -> Iterator[Action]:
    """In the order of the menu."""
    act = goal_commands
    yield Action(
        "goal.suggest", "goal", QT_TRANSLATE_NOOP("actions", "&Suggest the Best…"), ("Ctrl+B",), act.suggest, "best"
    )
    rows = (
        ("runner_up", ("V",), QT_TRANSLATE_NOOP("actions", "&Runner-Up"), act.go_to_runner_up),
        ("swap", ("Shift+V",), QT_TRANSLATE_NOOP("actions", "S&wap"), act.swap),
        ("accept", ("Ctrl+Return", "Ctrl+Enter"), QT_TRANSLATE_NOOP("actions", "&Accept"), act.accept),
    )
    for name, keys, text, command in rows:
        yield Action(f"goal.{name}", "goal", text, keys, command, is_possible=act.can_answer)
    # Escape does the same, where it means nothing nearer: "proposal.dismiss".
    yield Action(
        "goal.leave", "goal", QT_TRANSLATE_NOOP("actions", "&Leave"), (), act.leave, is_possible=act.can_answer
    )
