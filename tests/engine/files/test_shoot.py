"""shoot.read: what counts as one photo, what is left out, and what is said of the rest."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from engine.errors import UnusableInput
from engine.files import shoot
from engine.types import Photo
from tests.shoots import many

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")


def put(folder: Path, *names: str) -> Path:
    """Files of these names; listing never looks inside."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return folder


def members(folder: Path) -> list[list[str]]:
    """The files of each photo, as they stand below the folder."""
    return [[str(path.relative_to(folder)) for path in photo.files] for photo in shoot.read([folder]).photos]


def test_raw_jpeg_sidecars_and_audio_note_are_one_photo_and_the_jpeg_is_decoded(tmp_path):
    put(tmp_path, "IMG_1.NEF", "IMG_1.JPG", "IMG_1.xmp", "IMG_1.NEF.xmp", "IMG_1.WAV", "IMG_2.NEF")
    assert members(tmp_path) == [
        ["IMG_1.JPG", "IMG_1.NEF", "IMG_1.NEF.xmp", "IMG_1.WAV", "IMG_1.xmp"],
        ["IMG_2.NEF"],
    ]


def test_suffixes_and_stems_are_told_apart_without_case(tmp_path):
    put(tmp_path, "a.JPEG", "A.Nef", "a.XMP")
    assert len(shoot.read([tmp_path]).photos) == 1


def test_a_raw_with_an_exported_tiff_stays_two_photos_each_with_its_own_sidecar(tmp_path):
    put(tmp_path, "a.cr3", "a.tif", "a.xmp", "a.tif.xmp")
    assert sorted(members(tmp_path)) == [["a.cr3", "a.xmp"], ["a.tif", "a.tif.xmp"]]


def test_the_same_name_in_two_folders_is_two_photos(tmp_path):
    put(tmp_path, "day1/a.jpg", "day2/a.jpg", "day2/a.xmp")
    assert members(tmp_path) == [["day1/a.jpg"], ["day2/a.jpg", "day2/a.xmp"]]


def test_sidecars_alone_make_no_photo(tmp_path):
    put(tmp_path, "a.xmp", "b.wav", "notes.txt", "c.pdf")
    assert shoot.read([tmp_path]).photos == ()


def test_videos_are_counted_not_shown(tmp_path):
    put(tmp_path, "a.jpg", "clip.MP4", "sub/clip.mov")
    found = shoot.read([tmp_path])
    assert (len(found.photos), found.videos) == (1, 2)


def test_hidden_files_and_folders_stay_out(tmp_path):
    put(tmp_path, "a.jpg", "._a.jpg", ".thumbnails/b.jpg", ".c.jpg")
    assert members(tmp_path) == [["a.jpg"]]


def test_photos_come_by_path_and_carry_what_stat_says(tmp_path):
    put(tmp_path, "b.jpg", "a/z.jpg", "c/d/e.jpg", "a.jpg")
    photos = shoot.read([tmp_path]).photos
    paths = [os.fsencode(photo.path) for photo in photos]
    assert paths == sorted(paths) and len(paths) == 4
    for photo in photos:
        status = photo.path.stat()
        assert photo.stamp == shoot.stamp(photo.path)
        assert (photo.stamp.size, photo.stamp.mtime_ns) == (status.st_size, status.st_mtime_ns)


def test_paths_are_the_folder_as_typed_joined_with_the_rest(tmp_path, monkeypatch):
    put(tmp_path / "wedding", "a/b.jpg")
    monkeypatch.chdir(tmp_path)
    assert [str(photo.path) for photo in shoot.read([Path("wedding")]).photos] == [str(Path("wedding/a/b.jpg"))]


def test_several_folders_are_one_shoot_and_nothing_counts_twice(tmp_path):
    put(tmp_path, "a/1.jpg", "a/b/2.jpg", "c/3.jpg")
    folders = [tmp_path / "a", tmp_path / "c", tmp_path / "a" / "b", tmp_path / "a"]
    assert [photo.path.name for photo in shoot.read(folders).photos] == ["1.jpg", "2.jpg", "3.jpg"]


def test_an_empty_folder_is_an_empty_shoot(tmp_path):
    assert shoot.read([tmp_path]) == shoot.Shoot((tmp_path,), ())


@pytest.mark.parametrize(("name", "says"), [("gone", "no such folder"), ("a.jpg", "not a folder")])
def test_what_is_no_folder_is_refused_in_one_line(name, says, tmp_path):
    put(tmp_path, "a.jpg")
    with pytest.raises(UnusableInput, match=says) as refused:
        shoot.read([tmp_path / name])
    assert str(tmp_path / name) in str(refused.value)
    assert "\n" not in str(refused.value)


@needs_links
def test_a_circle_of_links_is_walked_once(tmp_path):
    put(tmp_path, "sub/a.jpg")
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    found = shoot.read([tmp_path])
    assert len(found.photos) == 1
    assert found.problems == ()


@needs_links
def test_a_link_to_a_file_is_followed_unless_the_file_is_there_already(tmp_path):
    put(tmp_path, "shoot/a.jpg", "elsewhere/b.jpg")
    (tmp_path / "shoot" / "again.jpg").symlink_to(tmp_path / "shoot" / "a.jpg")
    (tmp_path / "shoot" / "far.jpg").symlink_to(tmp_path / "elsewhere" / "b.jpg")
    assert members(tmp_path / "shoot") == [["a.jpg"], ["far.jpg"]]


@needs_links
def test_dangling_and_circular_links_are_named_and_the_rest_is_read(tmp_path):
    put(tmp_path, "a.jpg")
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (tmp_path / "itself").symlink_to(tmp_path / "itself", target_is_directory=True)
    (tmp_path / "round.jpg").symlink_to(tmp_path / "round.jpg")
    found = shoot.read([tmp_path])
    assert [photo.path.name for photo in found.photos] == ["a.jpg"]
    assert any(str(tmp_path / "gone.jpg") in problem for problem in found.problems)
    assert any(str(tmp_path / "round.jpg") in problem for problem in found.problems)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_with_a_pictures_name_is_no_photo(tmp_path):
    put(tmp_path, "a.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")
    assert members(tmp_path) == [["a.jpg"]]


def test_names_of_255_bytes_are_listed(tmp_path):
    longest = "ü" * 125 + "x.jpg"
    assert len(os.fsencode(longest)) == 255
    put(tmp_path, longest)
    assert [photo.path.name for photo in shoot.read([tmp_path]).photos] == [longest]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_a_name_that_is_not_utf8_is_listed_as_its_bytes(tmp_path):
    name = b"caf\xe9\xff.jpg"
    (tmp_path / os.fsdecode(name)).write_bytes(b"x")
    [photo] = shoot.read([tmp_path]).photos
    assert os.fsencode(photo.path.name) == name
    assert photo.path.exists()


def test_a_folder_that_cannot_be_listed_is_a_problem_and_the_rest_is_read(tmp_path, monkeypatch):
    put(tmp_path, "a.jpg", "locked/b.jpg")
    scan = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    # Permissions do not bind root, as whom tests may run.
    monkeypatch.setattr(os, "scandir", refuse)
    found = shoot.read([tmp_path])
    assert [photo.path.name for photo in found.photos] == ["a.jpg"]
    assert len(found.problems) == 1
    assert str(tmp_path / "locked") in found.problems[0] and "Permission denied" in found.problems[0]


def test_a_photo_is_made_of_its_parts(tmp_path):
    put(tmp_path, "a.jpg", "a.dng")
    [photo] = shoot.read([tmp_path]).photos
    expected = (tmp_path / "a.jpg", tmp_path / "a.dng")
    assert photo == Photo(expected[0], expected, shoot.stamp(expected[0]))


@needs_links
def test_what_really_lies_in_the_shoot_counts_there_whatever_a_link_to_it_is_called(tmp_path):
    put(tmp_path, "ceremony/IMG_1.jpg", "ceremony/party/IMG_2.jpg")
    (tmp_path / "a link").symlink_to(tmp_path / "ceremony", target_is_directory=True)
    (tmp_path / "ceremony" / "another").symlink_to(tmp_path / "ceremony" / "party", target_is_directory=True)
    assert members(tmp_path) == [["ceremony/IMG_1.jpg"], ["ceremony/party/IMG_2.jpg"]]


def test_rejected_photos_that_were_moved_away_are_no_part_of_the_shoot(tmp_path):
    put(tmp_path, "a.jpg", "_Rejected/b.jpg", "day/_Rejected/c.jpg", "day/_Rejected more/d.jpg")
    found = shoot.read([tmp_path])
    assert [str(photo.path.relative_to(tmp_path)) for photo in found.photos] == ["a.jpg", "day/_Rejected more/d.jpg"]
    assert found.rejected == (tmp_path / "_Rejected", tmp_path / "day" / "_Rejected")
    assert [photo.path.name for photo in shoot.read([tmp_path / "_Rejected"]).photos] == ["b.jpg"]


def test_files_that_came_and_went_since_are_known(tmp_path):
    folder = many(tmp_path / "shoot", 3)
    (folder / "p000.xmp").write_text("<x/>")
    before = shoot.read([folder]).photos
    (folder / "p000.xmp").unlink()
    (folder / "p001.jpg.xmp").write_text("<x/>")
    (folder / "p002.jpg").unlink()
    after = shoot.renewed(before, [folder])
    assert [[path.name for path in photo.files] for photo in after] == [
        ["p000.jpg"],
        ["p001.jpg", "p001.jpg.xmp"],
        ["p002.jpg"],
    ]
    assert [photo.stamp for photo in after] == [photo.stamp for photo in before]
