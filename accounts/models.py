"""Profiles, teams, sessions and the audit log.

| what is asked | where |
|---|---|
| profile of a person, names of a page | `Profile` by `user_id` |
| a team and its people; the teams of a person | `Team`, `TeamPerson` by `team_id`; `ByPersonIndex` |
| all teams by name; whether a name is taken | `ByNameIndex`; `TeamName` by name |
| a session by its key, those of a person | `SessionRecord` by `session_key`, `ByPersonIndex` |
| audit of a month, by actor, about a thing | `AuditEntry` by `month`, `ByActorIndex`, `ByTargetIndex` |
| the seals of the audit log, oldest first | `AuditSeal` by its one key, in the same table |
| who is changing a role right now | `Lease` by name, among the sessions |
| an access token, those of a person, those that expire next | `ApiToken` by `token_id`; `ByPersonIndex`, `ByExpiryIndex` |
| what Cognito said of a person last | `StandingRecord` by person, among the sessions |
"""

from __future__ import annotations

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    TTLAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
    VersionAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from accounts.enums import ListView, TeamRole, Theme
from core.aws import records
from core.aws.records import AnyMapAttribute, BaseRecord, IntegerAttribute, Record, table, texts


class Profile(Record):
    """No e-mail address and no role: both stay in Cognito.

    `notices` says how often a kind of notification comes by mail, and `mail_trouble` that none is sent to her address,
    which stands there as a digest: the apps above know what both mean.
    """

    class Meta(records.TableMeta):
        table_name = table("profiles")

    user_id = UnicodeAttribute(hash_key=True)
    display_name = UnicodeAttribute()
    time_zone = UnicodeAttribute(default="")
    language = UnicodeAttribute(default="")
    theme = UnicodeAttribute(default=Theme.SYSTEM.value)
    list_view = UnicodeAttribute(default=ListView.ROWS.value)
    product_ids = texts()  # type: ignore[arg-type]
    favourites = texts()  # type: ignore[arg-type]
    recent = texts()  # type: ignore[arg-type]
    notices = AnyMapAttribute(default=dict)
    mail_trouble = AnyMapAttribute(null=True)
    last_sign_in_at = UTCDateTimeAttribute(null=True)


class TeamsByName(GlobalSecondaryIndex["Team"]):
    class Meta(records.IndexMeta):
        index_name = "ByNameIndex"

    register = UnicodeAttribute(hash_key=True)
    name_key = UnicodeAttribute(range_key=True)


class TeamsByPerson(GlobalSecondaryIndex["TeamPerson"]):
    """The table turned round: by whom a row is about, and then by team."""

    class Meta(records.IndexMeta):
        index_name = "ByPersonIndex"

    row = UnicodeAttribute(hash_key=True)
    team_id = UnicodeAttribute(range_key=True)


class Team(Record):
    """The head of a team; a row for each of its people stands in the same partition.

    Whoever adds or takes away people writes the head, too: it counts them and names those who manage, so that lists
    read nothing more. `standing` counts what is assigned to whoever joins (apps above keep it), and `register` is the
    same for all teams.
    """

    class Meta(records.TableMeta):
        table_name = table("teams")

    team_id = UnicodeAttribute(hash_key=True)
    row = UnicodeAttribute(range_key=True)
    register = UnicodeAttribute()
    name = UnicodeAttribute()
    name_key = UnicodeAttribute()
    people = IntegerAttribute(default=0)
    manager_ids = texts()  # type: ignore[arg-type]
    standing = IntegerAttribute(default=0)

    by_name = TeamsByName()
    by_person = TeamsByPerson()


class TeamPerson(BaseRecord):
    """Somebody's place in a team: one for each person and team."""

    class Meta(records.TableMeta):
        table_name = table("teams")
        shares_table = True

    team_id = UnicodeAttribute(hash_key=True)
    user_id = UnicodeAttribute(range_key=True, attr_name="row")
    role = UnicodeAttribute(default=TeamRole.MEMBER.value)
    joined_at = UTCDateTimeAttribute()

    by_person = TeamsByPerson()


class TeamName(BaseRecord):
    """Says whose a name is: no two teams are called the same. `key` has a `#`, as no id of a team has."""

    class Meta(records.TableMeta):
        table_name = table("teams")
        shares_table = True

    key = UnicodeAttribute(hash_key=True, attr_name="team_id")
    row = UnicodeAttribute(range_key=True)
    held_by = UnicodeAttribute()


class SessionsByPerson(GlobalSecondaryIndex["SessionRecord"]):
    class Meta(records.IndexMeta):
        index_name = "ByPersonIndex"
        projection = KeysOnlyProjection()  # type: ignore[assignment]

    user_id = UnicodeAttribute(hash_key=True)


class SessionRecord(BaseRecord):
    """`session_key` is a digest of the cookie's key and `data` is sealed with it: a leaked table opens nothing.

    `role_due_at` is set from outside when her role was changed: the next request that reads it asks Cognito again.
    """

    class Meta(records.TableMeta):
        table_name = table("sessions")
        of_the_visit = True
        transient = True

    session_key = UnicodeAttribute(hash_key=True)
    user_id = UnicodeAttribute(null=True)
    data = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    role_due_at = UTCDateTimeAttribute(null=True)
    ttl = TTLAttribute()

    by_person = SessionsByPerson()


class Lease(BaseRecord):
    """Held by whoever is doing what two must not do at once; one that was not given back ends by itself."""

    class Meta(records.TableMeta):
        table_name = table("sessions")
        shares_table = True

    name = UnicodeAttribute(hash_key=True, attr_name="session_key")
    holder = UnicodeAttribute()
    ttl = TTLAttribute()


class StandingRecord(BaseRecord):
    """Her role and whether her account is open, for requests that have no session; asked again after five minutes.

    Tokens that were issued before `signed_out_at` count no more.
    """

    class Meta(records.TableMeta):
        table_name = table("sessions")
        shares_table = True

    key = UnicodeAttribute(hash_key=True, attr_name="session_key")
    role = UnicodeAttribute()
    enabled = BooleanAttribute()
    checked_at = UTCDateTimeAttribute()
    signed_out_at = UTCDateTimeAttribute(null=True)
    rev = VersionAttribute()
    ttl = TTLAttribute()


class TokensByPerson(GlobalSecondaryIndex["ApiToken"]):
    class Meta(records.IndexMeta):
        index_name = "ByPersonIndex"

    user_id = UnicodeAttribute(hash_key=True)
    token_id = UnicodeAttribute(range_key=True)


class TokensByExpiry(GlobalSecondaryIndex["ApiToken"]):
    """Those that were not revoked."""

    class Meta(records.IndexMeta):
        index_name = "ByExpiryIndex"

    register = UnicodeAttribute(hash_key=True)
    expires_at = UTCDateTimeAttribute(range_key=True)


class ApiToken(Record):
    """A person's access token for a program of hers. Only a digest of it is kept, and no export takes it along.

    `last_used_at` is noted once an hour. `register` is the same for all, and gone with the revocation.
    """

    class Meta(records.TableMeta):
        table_name = table("api_tokens")
        transient = True

    token_id = UnicodeAttribute(hash_key=True)
    user_id = UnicodeAttribute()
    digest = UnicodeAttribute()
    name = UnicodeAttribute()
    scopes = texts()  # type: ignore[arg-type]
    expires_at = UTCDateTimeAttribute()
    register = UnicodeAttribute(null=True)
    last_used_at = UTCDateTimeAttribute(null=True)
    warned_at = UTCDateTimeAttribute(null=True)
    revoked_at = UTCDateTimeAttribute(null=True)
    ttl = TTLAttribute()

    by_person = TokensByPerson()
    by_expiry = TokensByExpiry()


class AuditByActor(GlobalSecondaryIndex["AuditEntry"]):
    class Meta(records.IndexMeta):
        index_name = "ByActorIndex"

    actor_id = UnicodeAttribute(hash_key=True)
    ts_id = UnicodeAttribute(range_key=True, attr_name="ts#id")


class AuditByTarget(GlobalSecondaryIndex["AuditEntry"]):
    class Meta(records.IndexMeta):
        index_name = "ByTargetIndex"

    target = UnicodeAttribute(hash_key=True)
    ts_id = UnicodeAttribute(range_key=True, attr_name="ts#id")


class AuditEntry(BaseRecord):
    """Who did what to which thing, when and why. Written once, never changed."""

    class Meta(records.TableMeta):
        table_name = table("audit_log")

    month = UnicodeAttribute(hash_key=True)
    ts_id = UnicodeAttribute(range_key=True, attr_name="ts#id")
    at = UTCDateTimeAttribute()
    actor_id = UnicodeAttribute()
    actor_role = UnicodeAttribute()
    action = UnicodeAttribute()
    target = UnicodeAttribute()
    object_type = UnicodeAttribute()
    object_id = UnicodeAttribute()
    object_version = UnicodeAttribute(null=True)
    changes = JSONAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    result = UnicodeAttribute()
    request_id = UnicodeAttribute(null=True)

    by_actor = AuditByActor()
    by_target = AuditByTarget()


class AuditSeal(BaseRecord):
    """Names every entry of an hour by its fingerprint, and the seal before: one changed entry breaks the chain.

    `entries` maps an entry's `ts#id` to its fingerprint. An hour with many entries has several parts.
    """

    class Meta(records.TableMeta):
        table_name = table("audit_log")
        shares_table = True

    key = UnicodeAttribute(hash_key=True, attr_name="month")
    hour_part = UnicodeAttribute(range_key=True, attr_name="ts#id")
    entries = JSONAttribute()
    previous = UnicodeAttribute()
    digest = UnicodeAttribute()
    sealed_at = UTCDateTimeAttribute()
