"""SKD: what a lesson holds, what its terms ask for, and that learning follows."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.types import SCORES
from tests.training.cskd import made
from training.cskd import ablation, backbones, losses, recipe, robust, skd, teachers
from training.cskd.branched import Aligned, Branched, Said
from training.cskd.lessons import Lessons
from training.data.labelled import Labelled


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, data: Path, tower: Path) -> recipe.Prepared:
    work = tmp_path_factory.mktemp("prepared")
    config = made.recipe(student=recipe.Network(), asked=(recipe.Asked("adapter"),))
    return recipe.prepare(recipe.Order(config, data, str(tower), work / "out", work))


@pytest.fixture
def lessons(prepared: recipe.Prepared) -> Lessons:
    material = recipe._material(prepared, recipe.pseudo_labels(prepared, None))
    return Lessons(material, made.PORTIONS, 32, 5, gentle_from=1)


def test_a_lesson_depends_on_its_step_alone_and_holds_what_it_says(lessons: Lessons) -> None:
    lesson = lessons.draw(1, 1)
    again = lessons.draw(1, 1)
    assert torch.equal(lesson.inputs, again.inputs)
    assert not torch.equal(lesson.inputs, lessons.draw(1, 0).inputs)
    own = made.PORTIONS
    labelled = own.singles + own.series * own.per_series
    assert len(lesson.people) == labelled + own.copies
    assert len(lesson.inputs) == len(lesson.people) + own.degraded == len(lesson.pseudo) == len(lesson.target)
    assert len(set(lesson.series[lesson.series >= 0].tolist())) >= own.series
    assert torch.equal(lesson.people[labelled:], lesson.people[: own.copies])
    moved = (lesson.inputs[labelled : labelled + own.copies] - lesson.inputs[: own.copies]).abs().mean()
    apart = (lesson.inputs[labelled : labelled + own.copies] - lesson.inputs[own.copies : 2 * own.copies]).abs().mean()
    assert 0 < moved < apart / 2


def test_degraded_copies_are_of_the_photos_named(lessons: Lessons, prepared: recipe.Prepared) -> None:
    lesson = lessons.draw(0, 0)
    rows = {tuple(np.round(row, 3)): i for i, row in enumerate(prepared.targets[:: prepared.views.per])}
    photos = [rows[tuple(np.round(row, 3))] for row in lesson.target[lesson.clean].numpy().astype(np.float16)]
    flawed = lesson.target[len(lesson.people) :].numpy().astype(np.float16)
    for photo, got in zip(photos, flawed, strict=True):
        assert np.array_equal(got, prepared.targets[photo * prepared.views.per + 2])


def test_copies_are_mirrored_where_a_recipe_says_so(lessons: Lessons) -> None:
    own = replace(made.PORTIONS, mirrored=1.0)
    lesson = Lessons(lessons.material, own, 32, 5, 1).draw(1, 0)
    learned, labelled = len(lesson.people), len(lesson.people) - own.copies
    originals, copies = lesson.inputs[: own.copies], lesson.inputs[labelled:learned]
    assert (copies.flip(3) - originals).abs().mean() < (copies - originals).abs().mean() / 2


def test_photos_are_spoiled_on_the_spot_and_nobody_has_looked_at_that(lessons: Lessons) -> None:
    own = replace(made.PORTIONS, copies=0, spoiled=5)
    lesson, learned = Lessons(lessons.material, own, 32, 5, 1).draw(1, 0), own.singles + own.series * own.per_series
    assert len(lesson.people) == learned
    assert len(lesson.inputs) == learned + own.degraded + own.spoiled
    assert len(lesson.clean) == own.degraded + own.spoiled
    clean, spoiled = lesson.clean[own.degraded :], slice(learned + own.degraded, len(lesson.inputs))
    assert len(set(clean.tolist())) == own.spoiled
    assert lesson.target[spoiled].isnan().all()
    assert lesson.pseudo[spoiled].isnan().all()
    assert not lesson.target[: spoiled.start].isnan().any()
    changed = (lesson.inputs[spoiled] - lesson.inputs[clean]).abs().mean((1, 2, 3)) > 0.001
    assert changed.sum() >= own.spoiled - 1, "only a blur finds nothing to blur in a picture of 64 pixels"


def test_a_recipe_may_say_what_they_are_spoiled_by(lessons: Lessons) -> None:
    own = replace(made.PORTIONS, copies=0, degraded=0, spoiled=6, flaws=("underexposed", "overexposed", "overexposed"))
    lesson, learned = Lessons(lessons.material, own, 32, 5, 1).draw(1, 0), own.singles + own.series * own.per_series
    brighter = (lesson.inputs[learned:] - lesson.inputs[lesson.clean]).mean((1, 2, 3))
    assert (brighter.abs() > 0.05).all()
    assert 0 < int((brighter > 0).sum()) < 6, "both kinds are drawn"
    with pytest.raises(KeyError, match="dust"):
        Lessons(lessons.material, replace(own, flaws=("dust",)), 32, 5, 1).draw(1, 0)


def test_processes_draw_different_lessons(lessons: Lessons) -> None:
    parts = [Lessons(lessons.material, lessons.portions, 32, 5, 1, process, 2) for process in range(2)]
    assert parts[0].steps == lessons.steps // 2
    assert torch.equal(parts[1].draw(0, 0).inputs, lessons.draw(0, 1).inputs)
    assert not torch.equal(parts[0].draw(0, 0).inputs, parts[1].draw(0, 0).inputs)


def test_terms_ask_for_what_they_say(lessons: Lessons) -> None:
    lesson, weights = lessons.draw(0, 0), skd.Weights()
    count, learned = len(lesson.inputs), len(lesson.people)
    people = torch.cat([lesson.people, lesson.pseudo[learned:]])
    right = Said(people, torch.cat([lesson.teacher, lesson.teacher[: count - learned]]), 2 * lesson.target)
    terms = skd.terms(right, lesson, weights)
    for name in ("people", "teacher", "series", "across", "steady", "away", "relational"):
        assert terms[name].item() == pytest.approx(0, abs=1e-4), name
    turned = skd.terms(right._replace(people=people.flip(1), embedding=lesson.target.flip(0)), lesson, weights)
    for name in ("people", "series", "across", "away", "relational"):
        assert turned[name] > terms[name] + 0.01, name
    best = people.clone()
    best[learned:] = torch.eye(10)[9]
    assert skd.terms(right._replace(people=best), lesson, weights)["degraded"] > terms["degraded"]
    silent = lesson._replace(pseudo=lesson.pseudo * torch.nan, target=lesson.target * torch.nan)
    assert skd.terms(right, silent, weights)["pseudo"] == 0
    assert skd.terms(right, silent, weights)["away"] == 0


def test_a_trunk_can_stay_as_it_is_and_weights_half_way(lessons: Lessons, tmp_path: Path) -> None:
    begun = Branched(Aligned(made.tiny("", None, Path(), None), lessons.material.targets.shape[1]))
    before = {name: value.clone() for name, value in begun.state_dict().items()}
    stage = replace(made.STAGE, trunk=False, average=0.0)

    def learned(kept: float) -> dict[str, torch.Tensor]:
        own = copy.deepcopy(begun)
        how = replace(stage, kept=kept)
        return skd.distil(
            own, lessons, how, skd.Weights(), tmp_path / str(kept), lambda _: {}, stop_after=2
        ).state_dict()

    whole, half = learned(1.0), learned(0.5)
    same = {name for name, value in whole.items() if torch.equal(value, before[name])}
    assert same == {name for name in before if name.startswith("trunk.")}
    assert all(torch.allclose(half[name], (value + before[name]) / 2, atol=1e-6) for name, value in whole.items())


def test_what_sees_can_stay_as_it_is_and_a_stage_weigh_its_terms_otherwise(lessons: Lessons, tmp_path: Path) -> None:
    begun = Branched(Aligned(made.tiny("", None, Path(), None), lessons.material.targets.shape[1]))
    before = {name: value.clone() for name, value in begun.state_dict().items()}
    still = replace(made.STAGE, trunk=False, seeing=False, average=0.0)

    def learned(stage: skd.Stage, weights: skd.Weights) -> dict[str, torch.Tensor]:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        own = copy.deepcopy(begun)
        return skd.distil(own, lessons, stage, weights, folder, lambda _: {}, stop_after=2).state_dict()

    found = learned(still, skd.Weights())
    kept = {name for name, value in found.items() if torch.equal(value, before[name])}
    assert kept == {name for name in before if name.split(".")[0] in {"trunk", "seeing", "project"}}
    heavy = skd.Weights(steady=500.0)
    asked = learned(replace(still, weights=heavy), skd.Weights())
    assert all(torch.equal(value, asked[name]) for name, value in learned(still, heavy).items())
    assert any(not torch.equal(value, asked[name]) for name, value in found.items())


def test_what_judges_can_begin_anew(prepared: recipe.Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def seeded(_: str, weights: str | None, data: Path, split: int | None) -> backbones.Backbone:
        torch.manual_seed(len(weights or ""))
        return made.tiny("", None, data, split)

    monkeypatch.setitem(backbones.BUILDERS, "seeded", seeded)
    still = replace(made.STAGE, epochs=1, rate=0.0, head_rate=1e-3, trunk=False, seeing=False, average=0.0)
    own = replace(prepared, order=replace(prepared.order, work=tmp_path))

    def learned(network: recipe.Network, *stages: skd.Stage) -> Branched:
        return recipe.learn(own, network, None, stages, None, f"made-{len(list(tmp_path.iterdir()))}")

    network = recipe.Network("seeded")
    once, anew = learned(network, still), learned(network, still, replace(still, judging="second"))
    assert torch.equal(anew.trunk[0][0].weight, once.trunk[0][0].weight)
    assert torch.equal(anew.seeing[0][0].weight, once.seeing[0][0].weight)
    assert torch.equal(anew.judging[0][0].weight, seeded("", "second", Path(), None).late[0][0].weight)
    assert not torch.equal(anew.judging[0][0].weight, once.judging[0][0].weight)
    both = learned(replace(network, beside=True), still, replace(still, judging="second"))
    x = torch.rand(4, 3, 32, 32)
    with torch.no_grad():
        logits = [found(x).people.log() for found in (once, anew, both)]
        assert torch.allclose(logits[2].exp(), ((logits[0] + logits[1]) / 2).softmax(1), atol=1e-5)
        assert torch.equal(both(x).embedding, once(x).embedding)
    third = replace(still, judging="the third")
    alone = learned(network, still, replace(still, judging="second"), third)
    three = learned(replace(network, beside=True), still, replace(still, judging="second"), third)
    with torch.no_grad():
        wanted = sum(found(x).people.log() for found in (once, anew, alone)) / 3
        assert torch.allclose(three(x).people, wanted.softmax(1), atol=1e-5)
    with pytest.raises(ValueError, match="Leave `judging` out"):
        learned(replace(network, doubled=False), replace(still, judging="second"))


def test_heads_that_begin_anew_know_the_mean_of_scores_and_no_more() -> None:
    student = Branched(Aligned(made.tiny("", None, Path(), None), 6)).eval()
    typical = torch.tensor([0.0, 0.1, 0.2, 0.3, 0.2, 0.1, 0.1, 0.0, 0.0, 0.0])
    student.judge_anew(made.tiny("", None, Path(), None).late, typical)
    with torch.no_grad():
        said = student(torch.rand(2, 3, 32, 32)).people
    assert torch.allclose(said, typical.expand(2, -1), atol=1e-3)


def test_a_degraded_copy_moves_and_its_photo_stays() -> None:
    worse, clean = (torch.tensor([v], requires_grad=True) for v in (5.0, 5.1))
    losses.degraded(worse, clean, 0.2, still=True).backward()
    assert worse.grad is not None
    assert worse.grad > 0
    assert clean.grad is None
    assert losses.degraded(torch.tensor([4.0]), torch.tensor([5.0]), 0.2, still=True) == 0
    assert losses.degraded(torch.zeros(0), torch.zeros(0), 0.2, still=True) == 0


def test_while_it_learns_to_judge_both_move_and_their_mean_stays() -> None:
    worse, clean = (torch.tensor([v], requires_grad=True) for v in (5.0, 5.1))
    losses.degraded(worse, clean, 0.2, still=False).backward()
    assert worse.grad is not None and clean.grad is not None
    assert worse.grad > 0 > clean.grad
    assert worse.grad + clean.grad == 0


def test_neighbourhoods_count_where_cosines_hardly_differ() -> None:
    random = torch.Generator().manual_seed(0)
    target = torch.randn(12, 16, generator=random) + 20
    mean = target.mean(0, keepdim=True).expand(12, -1)
    assert losses.away(mean, target) < 0.01
    assert losses.relational(target, target) == pytest.approx(0, abs=1e-5)
    assert losses.relational(torch.flip(target, [0]), target) > losses.relational(target, target)


def test_what_words_reach_counts_as_much_as_all() -> None:
    target = torch.tensor([[1.0, 0.0, 0.0, 2.0]])
    looks = torch.tensor([[0.0, 1.0, 0.0, 2.0]])
    assert losses.away(target, target, words=2) == pytest.approx(0, abs=1e-6)
    assert losses.away(looks, target) == pytest.approx(1 - 4 / 5)
    assert losses.away(looks, target, words=2) == pytest.approx((1 - 4 / 5 + 1) / 2)


def test_teachers_are_brought_to_peoples_scale() -> None:
    random = np.random.default_rng(0)
    truth = random.uniform(3, 8, 200).astype(np.float32)
    good = teachers.Opinion(2 * truth - 9, np.full(200, 1.2, np.float32), 1.0)
    poor = teachers.Opinion(random.uniform(1, 10, 200).astype(np.float32), None, 1.0)
    known = np.arange(0, 200, 2)
    alone = teachers.agreed([good], known, truth[known]) @ SCORES
    assert np.allclose(alone, truth, atol=0.02)
    both = teachers.agreed([good, poor], known, truth[known]) @ SCORES
    assert np.corrcoef(both, truth)[0, 1] > 0.95
    assert np.isclose(both.mean(), truth.mean(), atol=0.2)
    with pytest.raises(ValueError, match="Nobody was asked"):
        teachers.agreed([], known, truth[known])


def test_the_bundled_student_can_be_asked(photos: Labelled) -> None:
    from engine.paths import resource

    judge = teachers.PackJudge(resource("models", "starter"))
    said = judge.say(judge.prepare(photos.pixels(0)))
    assert said.sum() == pytest.approx(1, abs=1e-4)


def test_an_ablation_goes_on_and_is_tabulated(tmp_path: Path, data: Path, tower: Path) -> None:
    config = made.recipe(asked=(recipe.Asked("adapter"),))
    order = recipe.Order(config, data, str(tower), tmp_path / "out", tmp_path / "work", tmp_path / "work")
    names = ablation.variants(config)
    done = [name for name in names if name not in ("labels only", "CFA with a shuffled target")]
    first = {
        f"{name}, seed 0": {"variant": name, "seed": 0, "srcc_ss03": 0.5, "folder": f"{name}-seed-0"} for name in done
    }
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / ablation.RESULTS).write_text(json.dumps(first))
    found = ablation.run(order, [0])
    assert {one["variant"] for one in found.values()} == set(names)
    assert found["all, seed 0"]["srcc_ss03"] == 0.5
    assert {"srcc_ss03", "pairs", "retrieval"} <= found["labels only, seed 0"].keys()
    lines = ablation.table(found)
    assert len(lines) == 2 + len(names)
    ablation.curves(found, tmp_path / "work", "srcc_ss03", tmp_path / "out" / "curve.png")
    assert (tmp_path / "out" / "curve.png").stat().st_size > 5000


def test_every_variant_sees_as_many_views(prepared: recipe.Prepared) -> None:
    portions = replace(made.PORTIONS, spoiled=3)
    whole = replace(prepared.order.config, stages=(replace(made.STAGE, epochs=40, portions=portions),))
    for name, config in ablation.variants(whole).items():
        (stage,) = ablation.matched(whole, config, prepared)
        left_over = ablation._views(whole.stages[0]) - ablation._views(stage)
        assert 0 <= left_over < portions.per_series, name
        assert (stage.epochs > 40) == (config.align is None), name


def test_what_changes_nothing_moves_a_steady_score_not(photos: Labelled) -> None:
    def contrast(pictures: list[np.ndarray]) -> np.ndarray:
        return np.array([1 + each.astype(float).std() / 16 for each in pictures], np.float32)

    found = robust.figures(contrast, photos.where(np.arange(len(photos)) < 12))
    assert found["moved by mirrored"] == [0, 0, 0]
    assert found["moved by trimmed"][1] > 0
    assert found["degraded"]["low_contrast"] == 1
    assert found["degraded"]["noise"] < 1
    halves = found["degraded, better half"], found["degraded, other half"]
    assert min(halves) <= found["degraded, all"] <= max(halves)
    assert found["degraded, all"] == pytest.approx(np.mean(list(found["degraded"].values())))
    assert robust.wide(made.noise(0)[:, :40]).shape == (48, 32, 3)
    assert robust.wide(made.noise(0)).shape == (32, 48, 3)
