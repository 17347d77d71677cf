"""Standing assignments: what is assigned to whoever joins a team or gets a role.

| what is asked | where |
|---|---|
| those of a team, or of all roles; one of them | `AssignmentRule` by `whom`, `rule_id` |
| those of a course or a path | `ByTargetIndex` by `target`, `rule_id` |
| all that are in force, newest last (sparse) | `ActiveIndex` by `active`, `started_at` |
| those whose people are not all dealt with yet (sparse) | `UnderWayIndex` by `under_way`, `started_at` |
"""

from __future__ import annotations

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import GlobalSecondaryIndex

from core.aws.records import IndexMeta, IntegerAttribute, Record, TableMeta, table


class RulesByTarget(GlobalSecondaryIndex["AssignmentRule"]):
    class Meta(IndexMeta):
        index_name = "ByTargetIndex"

    target = UnicodeAttribute(hash_key=True)
    rule_id = UnicodeAttribute(range_key=True)


class ActiveRules(GlobalSecondaryIndex["AssignmentRule"]):
    class Meta(IndexMeta):
        index_name = "ActiveIndex"

    active = UnicodeAttribute(hash_key=True)
    started_at = UTCDateTimeAttribute(range_key=True)


class RulesUnderWay(GlobalSecondaryIndex["AssignmentRule"]):
    class Meta(IndexMeta):
        index_name = "UnderWayIndex"

    under_way = UnicodeAttribute(hash_key=True)
    started_at = UTCDateTimeAttribute(range_key=True)


class AssignmentRule(Record):
    """`whom` is `team:ID`, or `roles` with the role in `role` (empty for everybody). `rule_id` follows from whom and
    target, so that two who make the same at once make one. `days` after joining it is due, if ever. `under_way` is what
    is still to be done with its people (`Work`); `title` is what the target was called.
    """

    class Meta(TableMeta):
        table_name = table("lms_assignment_rules")

    whom = UnicodeAttribute(hash_key=True)
    rule_id = UnicodeAttribute(range_key=True)
    role = UnicodeAttribute(default="")
    target = UnicodeAttribute()
    title = UnicodeAttribute(default="")
    days = IntegerAttribute(null=True)
    note = UnicodeAttribute(default="")
    active = UnicodeAttribute(null=True)
    under_way = UnicodeAttribute(null=True)
    started_by = UnicodeAttribute()
    started_at = UTCDateTimeAttribute()
    ended_by = UnicodeAttribute(null=True)
    ended_at = UTCDateTimeAttribute(null=True)

    by_target = RulesByTarget()
    by_activity = ActiveRules()
    by_work = RulesUnderWay()
