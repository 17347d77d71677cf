"""Out of one environment, into an empty one, and out of that again: the two exports say the same."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import Lease, Profile, SessionRecord
from accounts.services import ensure_profile
from accounts.services.seals import seal_closed_hours, verify
from content import store as items
from content.enums import Status
from content.rules.comments import READERS
from content.services import comments
from content.store.comments import every_comment_of
from content.tests.factories import make_item
from content.tests.test_files_uploads import a_draft, add
from core import clock
from core.aws import operator, parameters, s3, user_pool
from core.aws.local.provision.parameters import new_sealing_key
from core.aws.records import Put, all_records, write
from core.errors import NotFound, Refused
from core.jobs import store as jobs
from core.jobs.running import run_due, standings
from lms.services import badge_keys, certificates
from lms.tests.certificate_factories import earn
from notifications.delivery import store as mails
from notifications.delivery.channels import store as channels
from notifications.delivery.channels.models import Channel
from notifications.delivery.rules import Slot
from portal.backup import lines, people, telling, versions
from portal.backup import tables as backup_tables
from portal.backup.comparing import compare
from portal.backup.exporting import export
from portal.backup.places import Layout, tables
from portal.backup.restoring import restore
from portal.tests.backup_places import empty, furnish
from webhooks.sealing import seal


class Killed(BaseException):
    """As a kill: nothing of ours catches it."""


@pytest.fixture
def pool(cloud: Any, monkeypatch: Any) -> Any:
    """With an item of two versions of a file, a certificate, a sealed audit log and somebody who is disabled."""
    made = furnish(cloud, monkeypatch)
    carl, vera = made["carl"], made["vera"]
    content_id = a_draft(by=carl)
    add(content_id, "Preise für März.csv", b"a,b\n1,2\n", by=carl)
    add(content_id, "Preise für März.csv", b"a,b\n3,4\n", by=carl)
    item = make_item(Status.APPROVED, owner=carl, approver=made["rita"])
    asked = comments.post(content_id=item.content_id, talk=READERS, text="Noch gültig?\n– für März", by=vera)
    comments.post(content_id=item.content_id, talk=READERS, text="Ja.", parent_id=asked.comment_id, by=carl)
    ensure_profile(by=vera)
    earn(vera)
    list(seal_closed_hours(clock.now() + timedelta(hours=2)))
    made.ask("admin_disable_user", Username=made["cora"].user_id)
    write(Put(Lease("lease:x", holder="y", ttl=clock.now() + timedelta(hours=1))), audit=())
    return made


def exported(directory: Path) -> Path:
    export(directory, telling.quietly)
    return directory


def same(first: Path, second: Path) -> bool:
    return compare(first, second)[1] == []


def new_channel(name: str = "Sales", address: str = "sealed") -> Channel:
    return channels.new_channel(name.lower(), name=name, address=address, host="hooks.slack.com")


def killed_at(monkeypatch: Any, operation: str, number: int) -> None:
    """At the so manyeth call of this operation the process ends."""
    plain, calls = operator.ask, []

    def ask(service: str, asked: str, **wanted: Any) -> Any:
        if asked == operation:
            calls.append(asked)
            if len(calls) == number:
                raise Killed
        return plain(service, asked, **wanted)

    monkeypatch.setattr(operator, "ask", ask)


def test_restored_environment_gives_the_same_export(pool, cloud, monkeypatch, tmp_path):
    first = exported(tmp_path / "first")
    empty(cloud, monkeypatch)
    restored = restore(first, telling.quietly)
    assert (restored.left, restored.differing) == ([], [])
    second = exported(tmp_path / "second")
    assert compare(first, second)[1] == []
    said = [
        one.text
        for item in items.items_owned_by(pool["carl"].user_id).items
        for one in every_comment_of(item.content_id)
    ]
    assert said == ["Noch gültig?\n– für März", "Ja."]
    for table in tables():
        assert Layout(first).table(table.name).read_bytes() == Layout(second).table(table.name).read_bytes()


def test_people_are_who_they_were_though_their_accounts_are_new(pool, cloud, monkeypatch, tmp_path):
    first = exported(tmp_path / "first")
    empty(cloud, monkeypatch)
    restore(first, telling.quietly)
    carl = user_pool.user_by_id(pool["carl"].user_id)
    assert carl.attributes["sub"] != pool["carl"].user_id
    assert user_pool.person_id(carl.attributes) == pool["carl"].user_id
    assert user_pool.groups_of(carl.username) == ["Contributor"]
    assert (carl.enabled, carl.status) == (True, "CONFIRMED")
    assert not user_pool.user_by_id(pool["cora"].user_id).enabled
    with pytest.raises(NotFound):
        user_pool.user_by_id(carl.attributes["sub"])


def test_files_certificates_and_the_audit_log_hold_as_before(pool, cloud, monkeypatch, tmp_path):
    first = exported(tmp_path / "first")
    key = badge_keys.published()[0]["n"]
    empty(cloud, monkeypatch)
    restore(first, telling.quietly)
    item = items.items_owned_by(pool["carl"].user_id).items
    files = [file for one in item for file in items.version_of(one.content_id, 1).files]
    (file,) = files
    assert s3.read_range(settings.ENABLEMENT_CONTENT_BUCKET, file.key, file.s3_version, 0, 99) == b"a,b\n3,4\n"
    (certificate,) = certificates.rows.certificates_of(pool["vera"].user_id).items
    assert certificates.find_by_code(certificate.verification_code).holder_name == "Vera Viewer"
    assert key in [one["n"] for one in badge_keys.published()]
    found = verify(clock.now() + timedelta(hours=2))
    assert (found.problems, found.entries > 5) == ([], True)


@pytest.mark.parametrize(
    ("operation", "number"),
    [("scan", 4), ("get_object", 2), ("list_users_in_group", 2)],
)
def test_export_that_was_killed_goes_on(pool, monkeypatch, tmp_path, operation, number):
    whole = exported(tmp_path / "whole")
    with monkeypatch.context() as patch:
        killed_at(patch, operation, number)
        with pytest.raises(Killed):
            exported(tmp_path / "cut")
    again = exported(tmp_path / "cut")
    assert same(whole, again)
    assert not Layout(again).work.exists()


@pytest.mark.parametrize(
    ("operation", "number"),
    [("put_object", 2), ("batch_write_item", 3), ("admin_add_user_to_group", 2)],
)
def test_restore_that_was_killed_goes_on(pool, cloud, monkeypatch, tmp_path, operation, number):
    first = exported(tmp_path / "first")
    empty(cloud, monkeypatch)
    with monkeypatch.context() as patch:
        killed_at(patch, operation, number)
        with pytest.raises(Killed):
            restore(first, telling.quietly)
    assert restore(first, telling.quietly).differing == []
    assert same(first, exported(tmp_path / "second"))


def test_cognito_that_asks_for_patience_is_given_it(pool, cloud, monkeypatch, tmp_path):
    first = exported(tmp_path / "first")
    empty(cloud, monkeypatch)
    plain, waited, calls = operator.client("cognito-idp").admin_create_user, [], []

    def throttled(**wanted: Any) -> Any:
        calls.append(wanted)
        if len(calls) in (2, 3, 4):
            raise ClientError({"Error": {"Code": "TooManyRequestsException"}}, "AdminCreateUser")
        return plain(**wanted)

    monkeypatch.setattr(operator, "wait", waited.append)
    monkeypatch.setattr(operator.client("cognito-idp"), "admin_create_user", throttled)
    assert restore(first, telling.quietly).left == []
    assert len(waited) == 3 and waited[0] < waited[2]
    assert same(first, exported(tmp_path / "second"))


def test_cloud_that_never_has_time_is_told_of_and_the_next_run_goes_on(pool, monkeypatch, tmp_path):
    def never(**_wanted: Any) -> Any:
        raise ClientError({"Error": {"Code": "ThrottlingException"}}, "ListUsers")

    with monkeypatch.context() as patch:
        patch.setattr(operator.client("cognito-idp"), "list_users", never)
        with pytest.raises(CommandError, match="goes on where it stopped"):
            call_command("export_all", str(tmp_path / "out"))
    call_command("export_all", str(tmp_path / "out"), stdout=StringIO())
    call_command("verify_export", str(tmp_path / "out"), stdout=StringIO())


def test_what_a_worker_has_made_of_nothing_is_no_obstacle_and_does_not_stay(pool, cloud, monkeypatch, tmp_path):
    run_due(clock.now())
    first = exported(tmp_path / "first")
    empty(cloud, monkeypatch)
    run_due(clock.now())
    assert not operator.is_empty(settings.TABLES["jobs"])
    assert not operator.is_empty(settings.TABLES["rollups"])
    assert restore(first, telling.quietly).differing == []
    assert same(first, exported(tmp_path / "second"))


def test_nobody_works_with_half_of_the_records(pool, cloud, monkeypatch, tmp_path):
    first = exported(tmp_path / "first")
    empty(cloud, monkeypatch)
    with monkeypatch.context() as patch:
        killed_at(patch, "batch_write_item", 5)
        with pytest.raises(Killed):
            restore(first, telling.quietly)
    assert run_due(clock.now()) == []
    call_command("run_jobs", stdout=(out := StringIO()))
    assert "restore" in out.getvalue()
    restore(first, telling.quietly)
    assert run_due(clock.now())


def test_who_is_at_work_is_waited_for_and_named(pool, cloud, monkeypatch, tmp_path):
    first = exported(tmp_path / "first")
    empty(cloud, monkeypatch)
    (standing,) = standings(["audit.seal"])
    assert jobs.take(standing.state, "a worker", clock.now() + timedelta(minutes=10), clock.now())
    waited: list[float] = []
    monkeypatch.setattr(operator, "wait", waited.append)
    with pytest.raises(CommandError, match="audit.seal"):
        call_command("restore_all", str(first))
    assert sum(waited) == 120
    assert not jobs.is_paused()
    monkeypatch.setattr(operator, "wait", lambda _seconds: jobs.give_back(standing.state))
    assert restore(first, telling.quietly).differing == []
    assert not jobs.is_paused()


def test_what_is_sealed_with_a_key_of_another_place_is_named(pool, cloud, monkeypatch, tmp_path):
    for number in (1, 2):
        cloud("ssm").put_parameter(
            Name=settings.WEBHOOK_SEALING_KEYS_PARAMETER, Value=new_sealing_key(), Type="String", Overwrite=True
        )
        parameters.forget()
        write(Put(new_channel(f"Sales {number}", seal("https://hooks"))), audit=())
    keys = cloud("ssm").get_parameter(Name=settings.WEBHOOK_SEALING_KEYS_PARAMETER)["Parameter"]["Value"]
    first = exported(tmp_path / "first")
    empty(cloud, monkeypatch)
    cloud("ssm").put_parameter(Name=settings.WEBHOOK_SEALING_KEYS_PARAMETER, Value=keys, Type="String")
    call_command("restore_all", str(first), "--no-index", stdout=(out := StringIO()))
    assert "not here: the channel “Sales 1”. Put that key" in out.getvalue()


def test_mails_stay_behind_and_channels_come_along(pool, cloud, monkeypatch, tmp_path):
    slot = Slot("daily#2026-11-30", clock.now() + timedelta(hours=1))
    mails.put_waiting([mails.waiting("somebody", "n", "updated", clock.now())])
    mails.make("somebody", slot)
    write(Put(channel := new_channel()), audit=())
    first = exported(tmp_path / "first")
    (line,) = lines.read(Layout(first).table("mailings"))
    assert lines.item_of(line)["name"] == {"S": channel.name}
    empty(cloud, monkeypatch)
    mails.make("somebody", slot)
    with pytest.raises(CommandError, match="mailings"):
        call_command("restore_all", str(first))


def test_environment_that_is_not_empty_is_refused(pool, tmp_path):
    first = exported(tmp_path / "first")
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore_all", str(first))


def test_what_was_restored_once_is_not_restored_over_it_again(pool, cloud, monkeypatch, tmp_path):
    first = exported(tmp_path / "first")
    empty(cloud, monkeypatch)
    restore(first, telling.quietly)
    with pytest.raises(CommandError, match="restored here already"):
        call_command("restore_all", str(first))


def test_pool_that_lets_people_say_who_they_are_is_refused(pool, cloud, monkeypatch, tmp_path):
    first = exported(tmp_path / "first")
    empty(cloud, monkeypatch)
    client = cloud("cognito-idp")
    client.update_user_pool_client(
        UserPoolId=settings.COGNITO_USER_POOL_ID,
        ClientId=settings.COGNITO_USER_POOL_CLIENT_ID,
        WriteAttributes=["name", "preferred_username"],
    )
    with pytest.raises(CommandError, match="WriteAttributes"):
        call_command("restore_all", str(first))


def test_nothing_is_written_by_a_dry_run(pool, cloud, monkeypatch, tmp_path):
    out = StringIO()
    call_command("export_all", str(tmp_path / "no"), "--dry-run", stdout=out)
    assert "2 versions" in out.getvalue()
    assert not (tmp_path / "no").exists()
    first = exported(tmp_path / "first")
    empty(cloud, monkeypatch)
    before = sorted(first.rglob("*"))
    call_command("restore_all", str(first), "--dry-run", stdout=out)
    assert sorted(first.rglob("*")) == before
    assert all(operator.is_empty(table.stored_as) for table in tables())
    assert cloud("cognito-idp").list_users(UserPoolId=settings.COGNITO_USER_POOL_ID)["Users"] == []


def changed_line(directory: Path) -> None:
    path = Layout(directory).table("profiles")
    path.write_text(path.read_text().replace("Vera", "Vero"))


def gone_table(directory: Path) -> None:
    Layout(directory).table("audit_log").unlink()


def changed_file(directory: Path) -> None:
    path = next(Layout(directory).files.glob("*/*"))
    path.write_bytes(path.read_bytes()[:-1] + b"!")


def gone_file(directory: Path) -> None:
    next(Layout(directory).files.glob("*/*")).unlink()


def strange_file(directory: Path) -> None:
    (Layout(directory).files / "00").mkdir(exist_ok=True)
    (Layout(directory).files / "00" / "strange").write_bytes(b"")


def changed_manifest(directory: Path) -> None:
    Layout(directory).manifest.write_text("{")


@pytest.mark.parametrize(
    "tamper",
    [changed_line, gone_table, changed_file, gone_file, strange_file, changed_manifest],
    ids=lambda one: one.__name__,
)
def test_export_that_was_tampered_with_is_found_and_never_restored(pool, cloud, monkeypatch, tmp_path, tamper):
    first = exported(tmp_path / "first")
    call_command("verify_export", str(first), stdout=StringIO())
    tamper(first)
    with pytest.raises(CommandError):
        call_command("verify_export", str(first))
    empty(cloud, monkeypatch)
    with pytest.raises(CommandError):
        call_command("restore_all", str(first))
    assert all(operator.is_empty(table.stored_as) for table in tables())


def test_digest_tells_one_export_from_another(pool, tmp_path):
    _, digest = export(tmp_path / "first", telling.quietly)
    call_command("verify_export", str(tmp_path / "first"), "--digest", digest, stdout=StringIO())
    with pytest.raises(CommandError, match="another export"):
        call_command("verify_export", str(tmp_path / "first"), "--digest", "0" * 64)


def test_difference_is_named(pool, tmp_path):
    first = exported(tmp_path / "first")
    profile = Profile.get(pool["vera"].user_id)
    profile.theme = "dark"
    profile.save()
    second = exported(tmp_path / "second")
    (found,) = compare(first, second)[1]
    assert (found.place, found.changed, found.only_first, found.only_second) == ("tables/profiles.jsonl", 1, 0, 0)
    assert "rev, theme" in found.examples[0]


def test_what_holds_for_the_moment_stays_behind_and_every_other_table_comes_along(pool, tmp_path):
    first = exported(tmp_path / "first")
    there = {path.stem for path in (first / "tables").iterdir()}
    assert "sessions" not in there
    assert {"profiles", "audit_log", "content", "metadata", "lms_progress"} <= there
    transient = {one.Meta.table_name for one in all_records() if getattr(one.Meta, "transient", False)}
    assert {settings.TABLES[name] for name in there} == {one.Meta.table_name for one in all_records()} - transient


def test_what_has_ended_stays_behind(pool, monkeypatch, tmp_path):
    write(Put(Lease("lease:over", holder="y", ttl=clock.now() - timedelta(hours=1))), audit=())
    monkeypatch.setattr(SessionRecord.Meta, "transient", False)
    first = exported(tmp_path / "first")
    told = Layout(first).table("sessions").read_text()
    assert "lease:x" in told
    assert "lease:over" not in told


def test_segments_of_a_scan_make_one_table(pool, monkeypatch, tmp_path):
    one = exported(tmp_path / "one")
    monkeypatch.setattr(backup_tables, "SEGMENTS", 3)
    assert same(one, exported(tmp_path / "three"))


def test_every_type_of_attribute_comes_back_as_it_was():
    item = {
        "id": {"S": 'ü " \\ \u2028'},
        "n": {"N": "1.50"},
        "b": {"B": b"\x00\xff"},
        "bs": {"BS": [b"b", b"a"]},
        "ss": {"SS": ["b", "a"]},
        "m": {"M": {"l": {"L": [{"BOOL": True}, {"NULL": True}, {"B": b"x"}]}}},
    }
    back = lines.item_of(lines.item_line(item, ["id"]))
    assert back == item | {"bs": {"BS": [b"a", b"b"]}, "ss": {"SS": ["a", "b"]}}


def test_lines_beyond_memory_are_in_order(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "_RUN_BYTES", 100)
    told = [f"{number * 7919 % 1000:04d}\n" for number in range(1000)]
    assert list(lines.in_order(iter(told + told[:10]), tmp_path)) == sorted(told)
    assert list(tmp_path.iterdir()) == []


def test_versions_have_the_same_name_within_json_too():
    line = json.dumps({"a": json.dumps({"s3_version": "3sL4kqtJlcpXroDTDmJ_rmSpXd3dIbrHY"})})
    name = versions.name_of("content", "k", 1)
    told = versions.named(line, {"3sL4kqtJlcpXroDTDmJ_rmSpXd3dIbrHY": name}.get)
    assert name in told
    assert versions.identified(told, {name: "3sL4kqtJlcpXroDTDmJ_rmSpXd3dIbrHY"}.get) == line


def test_what_is_hidden_by_a_deletion_stays_hidden(pool, cloud, monkeypatch, tmp_path):
    place = {"Bucket": settings.LMS_MEDIA_BUCKET, "Key": "media/x/source/ü 1.mp4"}
    for body in (b"one", b"two"):
        cloud("s3").put_object(**place, Body=body, ContentType="video/mp4", Metadata={"a": "b"})
    cloud("s3").delete_object(**place)
    first = exported(tmp_path / "first")
    empty(cloud, monkeypatch)
    restore(first, telling.quietly)
    assert same(first, exported(tmp_path / "second"))
    with pytest.raises(NotFound):
        s3.head(place["Bucket"], place["Key"])


def test_who_signs_in_with_google_comes_to_her_account_again(pool, cloud, monkeypatch, tmp_path):
    first = exported(tmp_path / "first")
    person = json.loads(Layout(first).people.read_text().splitlines()[0]) | {"identities": [["Google", "1234"]]}
    empty(cloud, monkeypatch)
    linked: list[dict[str, Any]] = []
    client = operator.client("cognito-idp")
    monkeypatch.setattr(client, "admin_link_provider_for_user", lambda **wanted: linked.append(wanted) or {})
    people._put_person(person)
    (link,) = linked
    assert (link["SourceUser"]["ProviderName"], link["SourceUser"]["ProviderAttributeValue"]) == ("Google", "1234")
    assert link["DestinationUser"]["ProviderAttributeValue"] == user_pool.user_by_id(person["user_id"]).username


def test_address_of_somebody_else_is_never_taken_over(pool, cloud, monkeypatch, tmp_path):
    first = exported(tmp_path / "first")
    one, other = map(json.loads, Layout(first).people.read_text().splitlines()[:2])
    empty(cloud, monkeypatch)
    people._put_person(one)
    with pytest.raises(Refused, match="somebody else"):
        people._put_person(other | {"attributes": one["attributes"]})
