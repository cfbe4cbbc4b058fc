"""The command line: what it accepts, what it prints, how it ends."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.__main__ import main as chinagraph
from engine import cli, paths, report, settings
from engine.judge.merit import MOST
from engine.models import packs
from engine.types import Card, FileStamp, Phase, Photo, Progress
from tests.shoots import READABLE, UNREADABLE, many, small_shoot, write_photo


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    return small_shoot(tmp_path / "shoot")


def lines(capsysbinary, *arguments: object) -> list[dict]:
    assert cli.main([str(argument) for argument in arguments]) == cli.DONE
    return [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    "arguments",
    [
        ["rank", "not/there"],
        ["rank"],
        ["rank", ".", "--top", "0"],
        ["rank", ".", "--top", "many"],
        ["rank", ".", "--jobs", "-1"],
        ["rank", ".", "--colour"],
        ["rank", __file__],
        ["sort"],
        ["models", "improve"],
        ["open", "not/there"],
        ["--data-dir", f"{__file__}/data", "rank", "."],
    ],
)
def test_unusable_arguments_end_with_2_and_one_line(arguments, capsys):
    try:
        code = chinagraph(arguments)
    except SystemExit as ended:
        code = ended.code
    printed = capsys.readouterr()
    assert code == cli.UNUSABLE
    assert printed.out == ""
    assert re.fullmatch(r"chinagraph.*: .+\n", printed.err), printed.err


def test_ok_lines_come_in_order_of_rank_and_unreadable_ones_last(shoot, capsysbinary):
    found = lines(capsysbinary, "rank", shoot, "--json")
    assert [line["status"] for line in found] == ["ok"] * READABLE + ["unreadable"] * UNREADABLE
    assert [line["rank"] for line in found] == [*range(1, READABLE + 1), *[None] * UNREADABLE]
    assert [Path(line["path"]).name for line in found[-UNREADABLE:]] == ["empty.jpg", "torn.jpg"]
    for line in found[:READABLE]:
        assert sum(line["distribution"]) == pytest.approx(1, abs=1e-5)
        mean = sum(score * chance for score, chance in enumerate(line["distribution"], 1))
        assert line["score"] == pytest.approx(mean, abs=1e-4)
        if line["group_kind"] == "burst":
            assert line["score"] - MOST <= line["merit"] <= line["score"]
        else:
            assert line["merit"] == line["score"]
        assert 1 <= line["score"] <= 10


def test_top_limits_ok_lines_only(shoot, capsysbinary):
    everything = lines(capsysbinary, "rank", shoot, "--json")
    top = lines(capsysbinary, "rank", shoot, "--json", "--top", 2)
    assert top == everything[:2] + everything[-UNREADABLE:]
    assert lines(capsysbinary, "rank", shoot, "--json", "--top", 999) == everything


def test_what_exif_says_is_printed_and_nothing_is_made_up(shoot, capsysbinary):
    found = {Path(line["path"]).stem: line for line in lines(capsysbinary, "rank", shoot, "--json")}
    assert found["burst1"]["captured"] == "2026-05-01T12:00:00.250000"
    assert found["timeless"]["captured"] is None
    assert found["single1"]["body"] == "2002"
    assert "Testcam" in found["single1"]["camera"]
    assert (found["single1"]["width"], found["single1"]["height"]) == (480, 320)
    assert found["torn"]["readings"] == {} and found["torn"]["model"] is None
    assert found["burst0"]["files"] == [str(shoot / "burst0.jpg"), str(shoot / "burst0.xmp")]


@pytest.mark.parametrize("typed", ["shoot", "./shoot", "shoot/", "../{parent}/shoot", "."])
def test_paths_begin_with_the_folder_as_it_was_typed(typed, tmp_path, monkeypatch, capsysbinary):
    folder = many(tmp_path / "shoot", 1)
    monkeypatch.chdir(folder if typed == "." else tmp_path)
    typed = typed.format(parent=tmp_path.name)
    line = lines(capsysbinary, "rank", typed, "--json")[0]
    assert line["path"] == typed.rstrip("/") + "/p000.jpg"
    assert line["files"] == [line["path"]]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are text there")
def test_a_name_that_is_not_utf8_has_its_bytes_beside_it(tmp_path, capsysbinary):
    folder = many(tmp_path / "shoot", 1)
    odd = os.fsencode(folder) + b"/caf\xe9.jpg"
    (folder / "p000.jpg").rename(os.fsdecode(odd))
    write_photo(folder / "caf\u00e9.jpg", 7, 600.0)
    found = {line["path"]: line for line in lines(capsysbinary, "rank", folder, "--json")}
    line = found[f"{folder}/caf\ufffd.jpg"]
    assert base64.b64decode(line["path_b64"]) == odd
    assert line["status"] == "ok"
    assert "path_b64" not in found[f"{folder}/caf\u00e9.jpg"]


def test_several_folders_are_one_shoot(tmp_path, capsysbinary):
    first, second = many(tmp_path / "one", 2), many(tmp_path / "two", 3)
    found = lines(capsysbinary, "rank", first, second, "--json")
    assert [line["rank"] for line in found] == [1, 2, 3, 4, 5]


def test_the_table_is_aligned_and_names_what_cannot_be_read(shoot, capsysbinary):
    assert cli.main(["rank", str(shoot)]) == cli.DONE
    table = capsysbinary.readouterr().out.decode().splitlines()
    assert table[0].split() == list(report.HEADINGS)
    position = table[0].index("File")
    rows = table[1 : 1 + READABLE]
    assert all(row[position:].startswith(str(shoot)) for row in rows)
    assert [int(row.split()[0]) for row in rows] == list(range(1, READABLE + 1))
    merits = [float(row.split()[1]) for row in rows]
    assert merits == sorted(merits, reverse=True), "the order that is seen is the order that is meant"
    assert any("burst 1/3" in row for row in rows) and any("bracket 3/3" in row for row in rows)
    assert f"Unreadable ({UNREADABLE}):" in table
    assert "empty.jpg" in table[-2] and "torn.jpg" in table[-1]


def test_a_name_cannot_steer_the_terminal():
    assert report.printable("a\x1b[2Jb\udcffc\u00e9") == "a?[2Jb?c\u00e9"
    path = Path("shoot/\x1b[2J.jpg")
    card = Card(Photo(path, (path,), FileStamp(0, 0, 0)), group="g", rank=1)
    assert "\x1b" not in "".join(report.Report([card], ["shoot"], None).table())


def test_the_data_dir_stands_before_or_after_and_beats_the_variable(tmp_path, monkeypatch, capsysbinary):
    folder = many(tmp_path / "shoot", 1)
    monkeypatch.setenv("CHINAGRAPH_DATA_DIR", str(tmp_path / "variable"))
    lines(capsysbinary, "--data-dir", tmp_path / "before", "rank", folder, "--json")
    lines(capsysbinary, "rank", folder, "--json", "--data-dir", tmp_path / "after")
    assert not (tmp_path / "variable").exists()
    lines(capsysbinary, "rank", folder, "--json")
    for name in ("before", "after", "variable"):
        assert (tmp_path / name / "cache" / "cache.sqlite").is_file()


def test_an_empty_folder_is_a_run_without_lines_that_says_what_it_looked_for(tmp_path, capsys):
    shoot = tmp_path / "shoot"
    shoot.mkdir()
    assert cli.main(["rank", str(shoot), "--json"]) == cli.DONE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "0 photos ranked" in printed.err
    assert f"{shoot} holds no photo, nor do its subfolders: no JPEG, HEIC" in printed.err
    assert "Name the folder that your photos lie in." in printed.err and "Videos" not in printed.err
    (shoot / "_Rejected").mkdir()
    (shoot / "_Rejected" / "a.jpg").touch()
    (shoot / "clip.mp4").touch()
    assert cli.main(["rank", str(shoot)]) == cli.DONE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Videos left out: 1. What lies in _Rejected comes back with `chinagraph rejected restore`." in printed.err


def test_no_window_without_the_desktop(capsys):
    assert cli.main([]) == cli.UNUSABLE
    assert "--help" in capsys.readouterr().err


def test_models_are_listed_and_verified(capsysbinary):
    listed = lines(capsysbinary, "models", "list", "--json")
    verified = lines(capsysbinary, "models", "verify", "--json")
    assert listed[0]["folder"] == str(paths.resource("models", "starter"))
    assert [pack["verified"] for pack in listed] == [False]
    assert verified == [{**listed[0], "verified": True}]


def test_verify_refuses_an_altered_byte_by_name(tmp_path, capsysbinary):
    pack = tmp_path / "data" / "models" / "mine"
    shutil.copytree(paths.resource("models", "starter"), pack)
    student = pack / "student.onnx"
    data = bytearray(student.read_bytes())
    data[len(data) // 2] ^= 1
    student.write_bytes(data)
    assert cli.main(["--data-dir", str(tmp_path / "data"), "models", "verify", "--json"]) == cli.BROKEN
    bundled, altered = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert bundled["verified"] and bundled["error"] is None
    assert not altered["verified"] and str(student) in altered["error"]
    assert cli.main(["--data-dir", str(tmp_path / "data"), "models", "verify"]) == cli.BROKEN
    assert str(student) in capsysbinary.readouterr().out.decode()


def test_doctor_says_what_it_got(capsysbinary):
    found = lines(capsysbinary, "doctor", "--json")[0]
    assert found["device"]["got"] in ("CPU", "CUDA", "DirectML")
    assert found["device"]["provider"] in found["providers"]
    assert found["data_dir"]["writable"] and found["cache_dir"]["free_bytes"] > 0
    assert found["packs"][0]["verified"]
    assert found["problems"] == []
    assert cli.main(["doctor"]) == cli.DONE
    assert "All is well." in capsysbinary.readouterr().out.decode()


def test_doctor_names_two_runtimes_installed_at_once(tmp_path, monkeypatch, capsysbinary):
    installed = tmp_path / "site" / "onnxruntime_gpu-1.20.0.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: onnxruntime-gpu\nVersion: 1.20.0\n")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    assert cli.main(["doctor", "--json"]) == cli.BROKEN
    problems = json.loads(capsysbinary.readouterr().out)["problems"]
    assert any("onnxruntime and onnxruntime-gpu" in problem for problem in problems)


def test_doctor_calls_a_damaged_pack_broken(tmp_path, capsysbinary):
    pack = tmp_path / "data" / "models" / "mine"
    pack.mkdir(parents=True)
    (pack / "pack.json").write_text("{}")
    assert cli.main(["--data-dir", str(tmp_path / "data"), "doctor"]) == cli.BROKEN
    printed = capsysbinary.readouterr().out.decode()
    assert "PROBLEM" in printed and str(pack / "pack.json") in printed


def test_the_pack_folders_are_the_bundled_one_and_those_installed(tmp_path):
    for name in ("b", "a"):
        (tmp_path / "models" / name).mkdir(parents=True)
        (tmp_path / "models" / name / "pack.json").write_text("{}")
    (tmp_path / "models" / "no-pack").mkdir()
    assert [folder.name for folder in packs.folders(tmp_path)] == ["starter", "a", "b"]


def test_doctor_tests_the_pack_in_use_and_misses_one_that_is_gone(tmp_path, capsysbinary):
    settings.save(settings.Settings(pack="gone"), tmp_path / settings.FILE_NAME)
    assert cli.main(["--data-dir", str(tmp_path), "doctor"]) == cli.BROKEN
    printed = capsysbinary.readouterr().out.decode()
    assert "Pack: starter" in printed and "Pack in use: gone: BROKEN" in printed


def test_help_and_a_subcommand_load_no_window_and_nothing_slow():
    script = (
        "import sys; from desktop.__main__ import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "main(['models', 'list'])\n"
        "slow = {'PySide6', 'torch', 'onnxruntime', 'cv2', 'sqlalchemy', 'rawpy', 'pillow_heif'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {slow}' if slow else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_progress_without_a_terminal_is_a_line_now_and_then(monkeypatch, capsys):
    from engine import terminal

    steps = [Progress(Phase.LISTING, 0, 90), Progress(Phase.SCORING, 60, 90, 5.0, 3700.0, note="A note.")]
    assert terminal.follow(steps) is steps[-1]
    assert capsys.readouterr().err == "A note.\n"
    monkeypatch.setattr(terminal, "QUIET_INTERVAL", 0.0)
    terminal.follow(steps)
    assert capsys.readouterr().err == "Scoring: 60/90, 5.0/s, 1:01:40 left\nA note.\n"


def test_the_settings_of_the_data_dir_are_followed(tmp_path, capsysbinary):
    folder, data = tmp_path / "shoot", tmp_path / "data"
    for number in range(2):
        write_photo(folder / f"p{number}.jpg", 1, 45.0 * number)
    write_photo(folder / "large.jpg", 2, 900.0, size=(1300, 800))
    data.mkdir()

    def kinds() -> list[str | None]:
        found = lines(capsysbinary, "--data-dir", data, "rank", folder, "--json")
        return sorted(str(line["group_kind"]) for line in found)

    assert kinds() == ["single", "single", "single"]
    (data / "settings.toml").write_text("burst_gap_seconds = 6.0\n")
    assert kinds() == ["burst", "burst", "single"]
    shutil.rmtree(data / "cache")
    (data / "settings.toml").write_text("pixel_cap_mp = 1\n")
    assert kinds() == ["None", "single", "single"]
    (data / "settings.toml").unlink()
    assert kinds() == ["single", "single", "single"], "a refused picture is tried again under another limit"
    (data / "settings.toml").write_text('device = "cuda"\njobs = "all"\n')
    assert cli.main(["--data-dir", str(data), "doctor", "--json"]) == cli.DONE
    printed = capsysbinary.readouterr()
    assert json.loads(printed.out)["device"]["asked"] == "cuda"
    assert b"jobs" in printed.err and b"settings.toml" in printed.err
