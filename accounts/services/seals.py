"""Sealing the closed hours of the audit log, and finding whatever was changed in it since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from accounts import chain, store
from accounts.models import AuditEntry, AuditSeal


@dataclass(frozen=True)
class Problem:
    """`where` is an entry (`month/ts#id`) or a seal (its hour and part)."""

    where: str
    what: str


@dataclass
class Findings:
    problems: list[Problem] = field(default_factory=list)
    seals: int = 0
    entries: int = 0
    unsealed: int = 0
    head: str = ""

    def add(self, where: str, what: str) -> None:
        self.problems.append(Problem(where, what))


def seal_closed_hours(now: datetime) -> Iterator[AuditSeal]:
    """Goes on where the last seal ends. Raises Stale when another run is at it."""
    last = store.last_seal()
    after = max(last.entries) if last else ""
    until = chain.first_open_hour(now)
    waiting = (entry for entry in _entries(now, after) if chain.hour_of(entry.ts_id) < until)
    for hour, found in groupby(waiting, key=lambda entry: chain.hour_of(entry.ts_id)):
        for portion in chain.portions(found):
            last = _next_seal(last, hour, portion, now)
            store.save_seal(last)
            yield last


def verify(now: datetime, *, anchor: str = "") -> Findings:
    """Reads all of it. `anchor` is a digest that was noted elsewhere: the chain must still contain it."""
    findings = Findings()
    sealed = groupby(_checked_chain(findings, anchor), key=lambda seal: chain.hour_of(seal.hour_part))
    entries = groupby(_entries(now, ""), key=lambda entry: chain.hour_of(entry.ts_id))
    seals = next(sealed, None)
    for hour, found in entries:
        while seals and seals[0] < hour:
            _compare(seals[1], (), findings)
            seals = next(sealed, None)
        if seals and seals[0] == hour:
            _compare(seals[1], found, findings)
            seals = next(sealed, None)
        elif seals:
            _all_inserted(found, findings)
        else:
            _not_sealed(hour, found, now, findings)
    while seals:
        _compare(seals[1], (), findings)
        seals = next(sealed, None)
    return findings


def _next_seal(last: AuditSeal | None, hour: str, portion: Iterable[AuditEntry], now: datetime) -> AuditSeal:
    hour_part = chain.part_after(hour, last.hour_part if last else None)
    previous = last.digest if last else ""
    entries = {entry.ts_id: store.fingerprint_of(entry) for entry in portion}
    digest = chain.seal_digest(previous, hour_part, entries)
    return store.new_seal(hour_part, entries=entries, previous=previous, digest=digest, sealed_at=now)


def _entries(now: datetime, after: str) -> Iterator[AuditEntry]:
    """Oldest first, month by month; those after the entry with the sort key `after`."""
    month = after[:7] or _first_month(now)
    while month <= now.strftime("%Y-%m"):
        yield from store.audit_in_order(month, after=after)
        month = chain.month_after(month)


def _first_month(now: datetime) -> str:
    """Looks back until a whole year is empty: there is no index that knows the oldest entry."""
    month = oldest = now.strftime("%Y-%m")
    empty = 0
    while empty <= 12:
        if store.audit_of_month(month, limit=1).items:
            oldest, empty = month, 0
        else:
            empty += 1
        month = chain.month_before(month)
    return oldest


def _checked_chain(findings: Findings, anchor: str) -> Iterator[AuditSeal]:
    previous, anchored = "", not anchor
    for seal in store.seals_in_order():
        if seal.previous != previous:
            findings.add(seal.hour_part, "this seal does not follow the one before: seals are missing or were changed")
        if seal.digest != chain.seal_digest(seal.previous, seal.hour_part, seal.entries):
            findings.add(seal.hour_part, "this seal was changed")
        previous = findings.head = seal.digest
        anchored = anchored or seal.digest == anchor
        findings.seals += 1
        yield seal
    if not anchored:
        findings.add(anchor, "no seal has this digest: the chain was cut off or made anew")


def _compare(seals: Iterable[AuditSeal], found: Iterable[AuditEntry], findings: Findings) -> None:
    """The entries of an hour with what was sealed of it."""
    sealed = {ts_id: digest for seal in seals for ts_id, digest in seal.entries.items()}
    for entry in found:
        expected = sealed.pop(entry.ts_id, None)
        if expected is None:
            findings.add(_place(entry), "this entry was put in after its hour was sealed")
        elif expected != store.fingerprint_of(entry):
            findings.add(_place(entry), "this entry was changed")
        else:
            findings.entries += 1
    for ts_id in sorted(sealed):
        findings.add(f"{ts_id[:7]}/{ts_id}", "this entry is gone")


def _all_inserted(found: Iterable[AuditEntry], findings: Findings) -> None:
    for entry in found:
        findings.add(_place(entry), "this entry was put in after its hour was sealed")


def _not_sealed(hour: str, found: Iterable[AuditEntry], now: datetime, findings: Findings) -> None:
    count = sum(1 for _entry in found)
    findings.unsealed += count
    if hour < chain.first_hour_not_late(now):
        findings.add(hour, f"{count} entries of this hour are not sealed: run seal_audit, if it never ran since")


def _place(entry: AuditEntry) -> str:
    return f"{entry.month}/{entry.ts_id}"
