from pathlib import Path

import pytest

from receptionapp.system.paths import DataFolder, FolderNotWritable, data_folder, require_writable


def test_the_environment_chooses_the_folder(tmp_path):
    folder = data_folder(practice=False, environ={"RECEPTION_DATA_DIR": str(tmp_path)})
    assert tmp_path in folder.ledger.parents


@pytest.mark.parametrize("environ", [{}, {"RECEPTION_DATA_DIR": "somewhere"}])
def test_practice_and_real_work_share_no_file(environ):
    real, practice = (data_folder(practice=practice, environ=environ) for practice in (False, True))
    assert real.root.is_absolute()
    assert real.root != practice.root
    assert real.root not in practice.root.parents
    assert practice.root not in real.root.parents


def test_the_folder_is_made_and_left_as_empty_as_before(tmp_path):
    folder = DataFolder(tmp_path / "a" / "b")
    require_writable(folder)
    require_writable(folder)
    assert list(folder.root.iterdir()) == []


def test_a_file_in_the_way_is_told_and_kept(tmp_path):
    (tmp_path / "data").write_text("in the way")
    for folder in (DataFolder(tmp_path / "data"), DataFolder(tmp_path / "data" / "clinic")):
        with pytest.raises(FolderNotWritable) as raised:
            require_writable(folder)
        assert raised.value.folder == folder.root
    assert (tmp_path / "data").read_text() == "in the way"


def test_a_folder_that_takes_no_file_is_told(tmp_path, monkeypatch):
    def refuse(**_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    with pytest.raises(FolderNotWritable):
        require_writable(DataFolder(tmp_path))


def test_each_file_has_a_place_of_its_own():
    folder = DataFolder(Path("/data"))
    assert len({folder.settings, folder.ledger, folder.log, folder.lock}) == 4
