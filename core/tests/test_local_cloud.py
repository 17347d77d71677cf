from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from types import ModuleType

import pytest

from core.aws.local import demo, environment, server
from core.aws.local.config import Config, StartError
from core.aws.local.generations import KEPT, AllDamagedError, Generations, check_out
from core.aws.local.lock import Lock
from core.aws.local.provision import pool
from core.aws.local.reset import wipe
from core.aws.local.server import may_change_state


def writing(text: str, name: str = "dynamodb.json"):
    return lambda directory: (directory / name).write_text(text)


@pytest.fixture
def saves(tmp_path: Path) -> Generations:
    return Generations(tmp_path / "saves")


def test_newest_save_is_the_one_to_start_from(saves: Generations) -> None:
    saves.save(writing("old"))
    newest = saves.save(writing("new"))
    assert saves.newest_intact() == (newest, [])
    assert (newest / "dynamodb.json").read_text() == "new"


def test_without_saves_there_is_nothing_to_start_from(saves: Generations) -> None:
    assert saves.newest_intact() == (None, [])


@pytest.mark.parametrize("damage", ["", "ne", "new and more"])
def test_damaged_save_is_passed_over_for_the_one_before(saves: Generations, damage: str) -> None:
    before = saves.save(writing("old"))
    newest = saves.save(writing("new"))
    (newest / "dynamodb.json").write_text(damage)
    assert saves.newest_intact() == (before, [newest])


def test_save_without_its_manifest_counts_as_damaged(saves: Generations) -> None:
    newest = saves.save(writing("new"))
    (newest / "manifest.json").unlink()
    with pytest.raises(AllDamagedError):
        saves.newest_intact()


def test_damaged_save_is_kept_under_another_name(saves: Generations) -> None:
    newest = saves.save(writing("new"))
    saves.set_aside([newest])
    assert saves.newest_intact() == (None, [])
    assert (saves.root / f"damaged-{newest.name}" / "dynamodb.json").read_text() == "new"


def test_failed_save_leaves_the_one_before_and_no_draft(saves: Generations) -> None:
    before = saves.save(writing("old"))

    def fail(directory: Path) -> None:
        (directory / "dynamodb.json").write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        saves.save(fail)
    assert saves.newest_intact() == (before, [])
    assert [entry.name for entry in saves.root.iterdir()] == [before.name]


def test_only_the_last_saves_are_kept(saves: Generations) -> None:
    made = [saves.save(writing(str(number))) for number in range(KEPT + 3)]
    assert saves.all() == made[-KEPT:]


def test_service_that_reports_nothing_keeps_its_last_state(saves: Generations) -> None:
    saves.save(writing("people", "cognito.json"))
    newest = saves.save(writing("rows"))
    assert (newest / "cognito.json").read_text() == "people"


def test_checking_out_replaces_states_and_keeps_keys(saves: Generations, tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    (state / "signing-key.pem").write_text("key")
    (state / "ssm.json").write_text("stale")
    check_out(saves.save(writing("rows")), state)
    assert sorted(path.name for path in state.iterdir()) == ["dynamodb.json", "signing-key.pem"]


@pytest.mark.parametrize(
    ("method", "target", "changes"),
    [
        ("GET", "", False),
        ("HEAD", "", False),
        ("PUT", "", True),
        ("DELETE", "", True),
        ("POST", "", True),
        ("POST", "DynamoDB_20120810.PutItem", True),
        ("POST", "DynamoDB_20120810.TransactWriteItems", True),
        ("POST", "DynamoDB_20120810.Query", False),
        ("POST", "DynamoDB_20120810.BatchGetItem", False),
        ("POST", "AWSCognitoIdentityProviderService.AdminGetUser", False),
        ("POST", "AWSCognitoIdentityProviderService.AdminAddUserToGroup", True),
    ],
)
def test_autosave_knows_reads_from_writes(method: str, target: str, changes: bool) -> None:
    assert may_change_state(method, target) is changes


def test_a_save_that_takes_long_is_given_longer_and_leaves_no_draft(
    saves: Generations, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(server, "_CHILD_PATIENCE_SECONDS", 0.1)
    (saves.root / "draft-cut-off").mkdir(parents=True)
    monkeypatch.setattr(saves, "save", lambda _write: (time.sleep(0.5), (saves.root / "written").touch()))
    autosave = server.Autosave(ModuleType("cloud"), saves, 0)
    tries = []
    while not tries or (not tries[-1] and len(tries) < 10):
        tries.append(asyncio.run(autosave._save_in_child()))
    assert tries[0] is False and tries[-1] is True
    assert "took longer than" in capsys.readouterr().out
    assert not list(saves.root.glob("draft-*")) and (saves.root / "written").exists()


def test_second_run_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    with Lock(path) as first:
        first.record(address="http://127.0.0.1:8000")
        with pytest.raises(StartError, match=r"already running at http://127\.0\.0\.1:8000 \(pid \d+\)"), Lock(path):
            pass


def test_lock_tells_a_clean_stop_from_a_cut(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    with Lock(path):
        pass
    with Lock(path) as after_clean_stop:
        assert not after_clean_stop.was_stopped_uncleanly
    path.write_text(json.dumps({"pid": 1, "children": [2]}))
    with Lock(path) as after_cut:
        assert after_cut.was_stopped_uncleanly
        assert after_cut.left_behind["children"] == [2]


def test_half_written_lock_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    path.write_text('{"pid": 1')
    with Lock(path) as lock:
        assert lock.left_behind == {}


def test_reset_refuses_while_the_portal_runs(tmp_path: Path) -> None:
    config = Config(local_dir=tmp_path)
    with Lock(config.lock_file), pytest.raises(StartError, match="already running"):
        wipe(config)
    assert tmp_path.exists()


def test_reset_leaves_a_directory_alone_that_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(StartError, match="not made by"):
        wipe(Config(local_dir=tmp_path))
    assert (tmp_path / "thesis.txt").exists()


def test_reset_removes_the_local_data(tmp_path: Path) -> None:
    config = Config(local_dir=tmp_path / "local")
    with Lock(config.lock_file):
        pass
    assert wipe(config) == 0
    assert not config.local_dir.exists()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80 80"])
def test_impossible_port_is_refused_by_name(port: str) -> None:
    with pytest.raises(StartError, match="LOCAL_CLOUD_PORT"):
        Config.from_environment({"LOCAL_CLOUD_PORT": port})


def test_environment_file_keeps_awkward_values_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "cloud.env"
    values = {"PLAIN": "x", "EMPTY": "", "SPACED": "two words", "QUOTED": 'it\'s $HOME "now"', "EQUALS": "a=b"}
    environment.write_env(path, values)
    assert environment.read_env(path) == values
    assert path.stat().st_mode & 0o777 == 0o600


def test_own_aws_account_of_the_developer_never_reaches_the_portal(tmp_path: Path) -> None:
    config = Config(local_dir=tmp_path)
    environment.write_env(config.env_file, {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"})
    theirs = {
        "AWS_PROFILE": "real",
        "AWS_ACCESS_KEY_ID": "real",
        "AWS_SESSION_TOKEN": "real",
        "AWS_ENDPOINT_URL_S3": "real",
    }
    seen = environment.portal_environment(config, theirs)
    assert "real" not in seen.values()
    assert seen["AWS_ACCESS_KEY_ID"] == "local"


def test_secret_key_is_made_once(tmp_path: Path) -> None:
    config = Config(local_dir=tmp_path)
    first = environment.local_settings(config)["SECRET_KEY"]
    assert len(first) >= 50
    assert environment.local_settings(config)["SECRET_KEY"] == first


def test_demo_accounts_are_in_groups_that_exist() -> None:
    assert {account.group for account in demo.ACCOUNTS} == set(pool.GROUPS)
    assert pool.GROUPS["Admin"] < pool.GROUPS["Approver"] < pool.GROUPS["Contributor"] < pool.GROUPS["Viewer"]
