"""What the stretches of a recipe have in common: how long and how fast a network learns in them."""

from __future__ import annotations

from training.loop import Schedule


class Paced:
    """A stretch of training that says its pace in fields of its own."""

    __slots__ = ()

    epochs: int
    rate: float
    head_rate: float
    weight_decay: float
    warm_up: int
    average: float
    bfloat16: bool

    def schedule(self, seed: int) -> Schedule:
        """For the training loop."""
        return Schedule(
            self.epochs,
            self.rate,
            self.head_rate,
            self.weight_decay,
            self.warm_up,
            average=self.average,
            seed=seed,
            bfloat16=self.bfloat16,
        )
