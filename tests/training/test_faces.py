"""The face detector's training: labels, views, targets, a few steps, export, judgement."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.models.face_detector import FACES, INPUT, FaceDetector, Found
from engine.models.face_refiner import WIDE, FaceRefiner, size
from engine.models.squares import Source
from tests.training import biq, drawn_faces
from training.__main__ import main
from training.data import biq2021
from training.faces import (
    detector,
    eyes,
    judge,
    photos,
    pseudo_labels,
    refiner,
    shipped,
    targets,
    train_detector,
    views,
)
from training.faces.figures import FIGURES
from training.faces.photos import Labelled
from training.faces.pseudo_labels import Labels, YuNet, together
from training.loop import Schedule, fit
from training.pack import TOLERANCE, difference

TEACHERS = Path(__file__).parents[3] / "shared" / "data" / "teachers"


def labels(*faces: tuple[float, float, float, float]) -> Labels:
    """(left, top, side, score) each, in shares."""
    boxes = np.array([[x, y, x + s, y + s] for x, y, s, _ in faces], np.float32).reshape(-1, 4)
    points = np.array([[(x + s * u, y + s * v) for u, v in drawn_faces.POINTS] for x, y, s, _ in faces], np.float32)
    return Labels(boxes, points.reshape(-1, 5, 2), np.array([score for *_, score in faces], np.float32))


def test_looks_are_put_together_and_one_that_misses_counts() -> None:
    looks = [labels((0.1, 0.1, 0.2, 0.9), (0.6, 0.6, 0.1, 0.3)), labels((0.12, 0.1, 0.2, 0.6)), labels()]
    found = together(looks)
    assert found.scores == pytest.approx([0.5, 0.1])
    assert found.boxes[0, 0] == pytest.approx((0.9 * 0.1 + 0.6 * 0.12) / 1.5)
    assert found.points[1] == pytest.approx(looks[0].points[1])
    assert len(together([labels(), labels()])) == 0


def test_labels_are_made_once_and_kept(tmp_path: Path) -> None:
    made = [labels((0.1, 0.1, 0.2, 0.9), (0.5, 0.5, 0.2, 0.4)), labels(), labels((0.3, 0.3, 0.3, 0.7))]
    drawn_faces.keep_labels(tmp_path / "labels.npz", made)
    kept = pseudo_labels.kept(tmp_path / "labels.npz", [], lambda: pytest.fail("they are there"))
    assert [len(faces) for faces in kept] == [2, 0, 1]
    assert np.array_equal(kept[2].points, made[2].points)
    seen = [np.zeros((4, 4, 3), np.uint8)] * 2
    again = [pseudo_labels.kept(tmp_path / "new.npz", seen, lambda: lambda _: made[0]) for _ in range(2)]
    assert [faces.scores.tolist() for faces in again[1]] == [made[0].scores.tolist()] * 2
    with pytest.raises(FileNotFoundError, match=r"no-teacher\.onnx"):
        YuNet(tmp_path / "no-teacher.onnx")


@pytest.mark.skipif(not (TEACHERS / pseudo_labels.TEACHER).exists(), reason="YuNet is not here")
def test_yunet_says_the_same_mirrored() -> None:
    from skimage import data

    teacher = YuNet(TEACHERS / pseudo_labels.TEACHER)
    plain, mirrored = (teacher.see(data.astronaut(), mirrored=way) for way in (False, True))
    assert plain.scores[0] > 0.9
    assert mirrored.points[0] == pytest.approx(plain.points[0], abs=0.02)
    assert mirrored.boxes[0] == pytest.approx(plain.boxes[0], abs=0.03)


def test_landmarks_go_where_the_pixels_go() -> None:
    made = views.Views(drawn_faces.photos(3, side=256))
    turned = mirrored = 0
    for seed in range(60):
        view = made._cut(seed % 3, views.SIDE, views.SIDE, np.random.default_rng(seed))
        if not len(view.faces):
            continue
        points = view.faces.points[0]
        assert points[0, 0] < points[1, 0]  # the eye on the picture's left
        colours = [view.pixels[int(y), int(x)] for x, y in points if min(x, y) >= 1 and max(x, y) < views.SIDE - 1]
        if len(colours) < 5:
            continue
        order = [int(np.abs(np.array(drawn_faces.COLOURS) - colour.astype(int)).sum(1).argmin()) for colour in colours]
        assert order in ([0, 1, 2, 3, 4], [1, 0, 2, 4, 3])
        mirrored += order[0] == 1
        turned += abs(points[0, 1] - points[1, 1]) > 2
        inside = (points > view.faces.boxes[0, :2]) & (points < view.faces.boxes[0, 2:])
        assert inside.all()
    assert mirrored > 5
    assert turned > 5


def test_a_view_depends_on_its_seed_alone_and_photos_without_faces_are_refused() -> None:
    made = views.Views(drawn_faces.photos(4))
    first, again = (made.draw(np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(first.pixels, again.pixels)
    assert first.pixels.shape == (views.SIDE, views.SIDE, 3)
    with pytest.raises(ValueError, match="no face"):
        views.Views(Labelled(*([part] for part in (np.zeros((9, 9, 3), np.uint8), labels()))))


def test_cells_near_a_face_answer_for_it() -> None:
    pixels = np.zeros((views.SIDE, views.SIDE, 3), np.uint8)
    found = labels((100, 80, 30, 0.9), (40, 200, 4, 0.9), (-60, 0, 100, 0.9), (200, 200, 100, 0.5))
    batch = targets.batch([views.View(pixels, found)])
    centres, strides = (t.numpy() for t in detector.cells(views.SIDE, views.SIDE))
    truth, counts, places = batch.truth[0].numpy(), batch.counts[0].numpy(), batch.places[0].numpy()
    of_first = np.flatnonzero(truth == 1)
    assert set(strides[of_first]) == {8}
    assert np.abs(centres[of_first] - (115, 95)).max() < 10
    decoded = places[of_first] * 8 + np.tile(centres[of_first], 7)
    assert np.allclose(decoded[:, :4], (100, 80, 130, 110), atol=1e-3)
    assert np.allclose(decoded[:, 4:], found.points[0].reshape(-1), atol=1e-3)
    # One that YuNet half believes in, at two strides; those too small or cut off are neither faces nor none.
    assert set(strides[truth == 0.5]) == {16, 32}
    assert ((truth == 0) | (counts == 1)).all()
    assert {tuple(c) for c in centres[counts == 0] if c[1] > 190} == {(44, 204)} - {(44, 204)} | {
        tuple(c) for c in centres[counts == 0] if 40 < c[0] < 44 and 200 < c[1] < 204
    }
    assert (counts[(centres < (40, 100)).all(1)] == 0).all()


def test_a_few_steps_lower_the_loss_and_an_interrupted_run_goes_on(tmp_path: Path) -> None:
    batches = train_detector.Batches(views.Views(drawn_faces.photos(4)), seed=1, count=2)
    kept = {step: batches.draw(0, step) for step in range(2)}
    schedule = Schedule(3, rate=3e-3, head_rate=3e-3, warm_up=1, average=0.5, clip=5.0, bfloat16=False)

    def train(folder: Path, stop_after: int | None = None) -> detector.Detector:
        torch.manual_seed(0)
        made = fit(
            detector.Detector(),
            lambda _: False,
            targets.loss,
            lambda _, step: kept[step],
            2,
            schedule,
            folder,
            lambda _: {},
            stop_after,
        )
        assert isinstance(made, detector.Detector)
        return made

    def measured(network: detector.Detector) -> float:
        with torch.no_grad():
            return sum(float(term) for term in targets.loss(network, kept[0]).values())

    torch.manual_seed(0)
    before = measured(detector.Detector())
    unbroken = train(tmp_path / "unbroken")
    assert measured(unbroken.train()) < 0.8 * before
    train(tmp_path / "broken", stop_after=3)
    resumed = train(tmp_path / "broken").state_dict()
    # The measurement of `after` moved what batch norm has seen, and nothing else.
    for name, value in unbroken.state_dict().items():
        assert "running" in name or "batches" in name or torch.equal(value, resumed[name]), name


def test_onnx_says_what_torch_says() -> None:
    torch.manual_seed(0)
    network = detector.Detector()
    assert 1e5 < sum(p.numel() for p in network.parameters()) < 4e5
    with torch.no_grad():  # as after training: batch norm that does something
        for name, buffer in network.named_buffers():
            if name.endswith("running_var"):
                buffer.uniform_(0.5, 2)
    model = train_detector.export(network)
    assert len(model) < 2e6
    exported = detector.Exported(network, INPUT)
    assert difference(exported, model, train_detector.example()) < TOLERANCE
    found = FaceDetector(FACES, model).detect(Source(np.zeros((60, 90, 3), np.uint8)), 0.0)
    assert len(found) > 0


def test_what_is_found_is_judged_by_what_must_be_may_be_and_is_not_there() -> None:
    pixels = np.zeros((640, 640, 3), np.uint8)
    truth = labels((0.1, 0.1, 0.2, 0.9), (0.5, 0.1, 0.2, 0.9), (0.1, 0.6, 0.2, 0.6), (0.8, 0.8, 0.05, 0.9))
    photos_judged = Labelled([pixels], [truth])
    off = truth.points[0] + np.float32(0.008)  # a tenth of the distance between the eyes in x and y
    boxes = np.stack(
        [truth.boxes[0], truth.boxes[0] + np.float32(0.02), truth.boxes[2], truth.boxes[3], [0.6, 0.6, 0.9, 0.9]]
    )
    points = np.stack([off] * 5)
    found = Found(boxes * 640, points * 640, np.array([0.9, 0.8, 0.7, 0.6, 0.55], np.float32))
    judged = judge.judge([found], photos_judged)
    # The second is the first again; the third may be there; the fourth is too small; the fifth is nothing.
    assert judged.wanted.tolist() == [2]
    assert judged.scores == pytest.approx([0.9, 0.8, 0.55])
    assert judged.true.tolist() == [True, False, False]
    assert judged.error[0] == pytest.approx(0.1 * 2**0.5, abs=1e-3)
    assert judge.recall_at(judged) == (0.5, pytest.approx(0.9))
    told = judge.figures(judged, 0.5)
    assert (told["recall"], told["precision"]) == (0.5, pytest.approx(1 / 3))
    nothing = judge.figures(judge.judge([found.at(np.zeros(0, np.int64))], photos_judged), 0.5)
    assert nothing["recall_at_precision"] == 0
    strict = judge.judge([found], photos_judged, sure=0.6)
    assert strict.wanted.tolist() == [3]


def test_the_second_look_learns_where_landmarks_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refiner, "CROPS", 40)
    photos_learned = drawn_faces.photos(12, side=96)
    proposed = [labels((0.2, 0.2, 0.4, 0.9))] * 12
    crops = refiner.Crops(photos_learned, proposed, seed=0)
    batch = crops.draw(0, 0)
    assert torch.equal(batch.crops, crops.draw(0, 0).crops)
    assert 0.3 < float((batch.truth == 1).float().mean()) < 0.95
    schedule = Schedule(1, rate=5e-3, head_rate=5e-3, warm_up=3, average=0.8, bfloat16=False)
    torch.manual_seed(0)
    start = refiner.Refiner()
    with torch.no_grad():
        before = refiner.loss(start, batch)
    kept = fit(start, lambda _: False, refiner.loss, crops.draw, 25, schedule, tmp_path, lambda _: {})
    assert isinstance(kept, refiner.Refiner)
    with torch.no_grad():  # by the batch's own statistics: what batch norm has seen so far lags behind
        after = refiner.loss(kept.train(), batch)
    assert float(after["places"]) < 0.8 * float(before["places"])
    assert float(after["score"]) < 0.95 * float(before["score"])
    model = refiner.export(kept)
    assert len(model) < 1.2e6
    assert difference(refiner.Exported(kept), model, refiner.example(), "crops") < TOLERANCE


@pytest.mark.parametrize("seed", range(4))
def test_what_is_learned_of_a_crop_is_what_the_engine_makes_of_the_answer(seed: int) -> None:
    """The truth of a turned crop, taken for the network's answer, gives the face back."""
    random = np.random.default_rng(seed)
    box = np.array([30, 40, 70, 90], np.float32)
    points = box[:2] + np.array(drawn_faces.POINTS, np.float32) * (box[2:] - box[:2])
    angle, centre = float(random.uniform(-0.4, 0.4)), np.array([50.0, 65.0])
    side = float(size(box[None])[0]) * WIDE
    places = refiner._places(box, points, centre, side, angle)

    class Answer:
        def run(self, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
            count = len(inputs["crops"])
            return [np.ones(count, np.float32), np.tile(places[:4], (count, 1)), np.tile(places[4:], (count, 1))]

    looker = FaceRefiner.__new__(FaceRefiner)
    looker._network = Answer()
    _, _, got = looker._look(np.zeros((120, 120, 3), np.uint8), box[None], np.array([angle]))
    assert got[0] == pytest.approx(points, abs=1e-3)
    mirrored = refiner._mirrored(places)
    assert mirrored[4] == pytest.approx(-places[6])  # the eye on the left was the one on the right
    assert refiner._mirrored(mirrored) == pytest.approx(places)


def test_the_recipe_from_a_folder_to_the_files_of_a_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, work, out = tmp_path / "data", tmp_path / "work", tmp_path / "out"
    (data / "teachers").mkdir(parents=True)
    listed = biq2021.load(biq.write(data / "biq2021"))
    drawn_faces.write_eyes(data / "eye-state", 150)
    work.mkdir()
    np.save(work / "features.npy", np.random.default_rng(0).standard_normal((len(listed), 64)).astype(np.float32))
    train, drawn = listed.split == "train", photos._drawn(listed)
    for name, rows in (("learn", train & ~drawn), ("development", train & drawn), ("val", listed.split == "val")):
        drawn_faces.keep_labels(work / f"labels-{name}.npz", [labels((0.2, 0.2, 0.5, 0.95))] * int(rows.sum()))
    drawn_faces.keep_labels(work / "labels-val-mirrored.npz", [labels((0.2, 0.2, 0.5, 0.95))] * 19)
    for module in (train_detector, refiner, eyes):
        monkeypatch.setattr(module, "STEPS", 2)
    monkeypatch.setattr(train_detector, "VIEWS", 2)
    monkeypatch.setattr(train_detector, "WATCHED", 2)
    command = ["--data", str(data), "--work", str(work)]
    assert main(["faces", *command, "--out", str(out), "--epochs", "1", "1", "1", "1"]) == 0
    written = json.loads((out / FIGURES).read_text())
    assert max(written["differences"].values()) < TOLERANCE
    assert written["megabytes"] < 3
    assert set(shipped.files(out)) == {"faces.onnx", "landmarks.onnx", "eyes.onnx"}
    printed = capsys.readouterr().out
    assert "YuNet in a mirror 1.000" in printed
    assert all(line in shipped.card(out) for line in printed.splitlines()[-6:])
    assert main(["faces-evaluate", *command, "--pack", str(out)]) == 0
    assert capsys.readouterr().out.splitlines() == printed.splitlines()[-6:]
    assert main(["faces", "--data", str(tmp_path / "nowhere"), "--out", str(out)]) == 2
    with pytest.raises(FileNotFoundError, match=r"faces\.onnx"):
        shipped.files(tmp_path)
