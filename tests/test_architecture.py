from tests.architecture import PAGE, PICTURE, draw, find_circle


def test_the_picture_in_the_architecture_page_is_as_the_code_is() -> None:
    """If this fails: `python3 -m tests.architecture` in the project's environment draws it anew."""
    assert PICTURE.findall(PAGE.read_text(encoding="utf-8")) == [draw()]


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert find_circle() == []
