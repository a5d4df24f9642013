"""Every format is written by the command, per unit and language, and tells nothing that only the course knows."""

import base64
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from grader.bridges.formats import FORMATS
from grader.bridges.pool import POOL
from grader.catalogue.rules import CANARY
from grader.cli.app import main
from grader.quiz.seed import seed_of

COURSE = Path(__file__).parent / "course"
SECRET = "do not tell 74 68 65 20 73 65 63 72 65 74"


def contents(path):
    """Return everything in a file, or in the files of an archive; what is embedded in a notebook as it reads there."""
    content = path.read_bytes()
    if path.suffix == ".ipynb":
        embedded = [base64.b64decode(each) for each in re.findall(rb'b64decode\(\\"([^"\\]*)', content)]
        return b"\n".join([content, *(json.dumps(json.loads(each), ensure_ascii=False).encode() for each in embedded)])
    if path.suffix != ".zip":
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        return b"\n".join(zipped.read(each) for each in zipped.namelist())


@pytest.fixture(params=[name for name, form in FORMATS.items() if not form.bilingual])
def written(request, tmp_path, monkeypatch, capsys):
    """Return the files that `grader export quiz` writes in one format."""
    monkeypatch.setenv("GRADER_SECRET", SECRET)
    out = ["--out", str(tmp_path / "out"), "--variants", "2", "--course", str(COURSE)]
    monkeypatch.setattr("sys.argv", ["grader", "export", "quiz", "--to", request.param, *out])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    paths = [Path(each) for each in capsys.readouterr().out.split("\n") if each]
    return request.param, paths


def test_a_file_for_each_language(written):
    """The command names each file that it wrote, one for each language."""
    name, paths = written
    suffix = FORMATS[name].suffix
    assert [each.name for each in paths] == [f"everything.en{suffix}", f"everything.zh{suffix}"]


def test_chinese_stands_in_the_chinese_file_alone(written):
    """Each file speaks its own language."""
    _, (english, chinese) = written
    assert "请把左右两边配对" in contents(chinese).decode()
    assert "请把左右两边配对" not in contents(english).decode()


def test_no_secret_leaves(written):
    """Neither the course's secret, nor a seed, nor the mark of withheld files is in a file."""
    _, paths = written
    seeds = [seed_of(SECRET.encode(), POOL, "twice", number) for number in range(1, 9)]
    for path in paths:
        content = contents(path)
        assert not [each for each in (SECRET, CANARY, *seeds) if each.encode() in content]
