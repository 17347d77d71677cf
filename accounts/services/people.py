"""What Admins do to people's accounts. Cognito is the truth; the audit log tells it first, the sessions follow."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts import directory, store
from accounts.directory import Colleague
from accounts.enums import AccountState, Role
from accounts.models import AuditEntry
from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.rules import account_state, display_name, email_is_allowed, may_give, tidy_email
from accounts.services import tokens
from accounts.services.auditing import audited
from accounts.services.leases import lease
from accounts.services.profiles import ensure_profile
from accounts.services.sessions import forget_sessions, renew_role
from core.aws import user_pool
from core.errors import Invalid, Refused
from core.events import Event, publish
from core.ids import new_id

_MAX_EMAIL = 254


def invite(*, email: str, role: Role, by: Person, name: str = "") -> str:
    """Makes her an account and has Cognito write to her; returns her id. Raises Invalid, Refused."""
    require(by, Permission.PEOPLE_MANAGE)
    _check_may_give(by, role)
    email = check_email(email)
    if user_pool.user_by_email(email):
        raise Invalid(fields={"email": "Somebody signs in with this address already."})
    invitation = new_id()
    given = {"role": {"after": role.value}}
    begun = store.audit_entry(
        by=by, action="person.invited", object_type="invitation", object_id=invitation, changes=given
    )
    with audited(begun):
        user = user_pool.create(email=email, name=" ".join(name.split()))
        # Only now has she an id that the audit log may know her by.
        store.save_audit(_entry("person.created", user.user_id, by, changes=given | {"invitation": invitation}))
        user_pool.put_in_group(user.username, role.value)
    # So that lists have a name for her before she comes.
    ensure_profile(by=Person(user.user_id, display_name(user.attributes), role))
    publish(Event("person.invited", user.user_id, by.user_id, {"role": role.value}))
    return user.user_id


def check_email(email: str) -> str:
    """The address as it is kept. Raises Invalid."""
    tidy = tidy_email(email)
    if not _is_email(tidy):
        raise Invalid(fields={"email": "This is not an e-mail address."})
    if not email_is_allowed(tidy, settings.ALLOWED_EMAIL_DOMAINS):
        domains = " or ".join(settings.ALLOWED_EMAIL_DOMAINS)
        raise Invalid(fields={"email": f"Only people with an address at {domains} can sign in."})
    return tidy


def _is_email(text: str) -> bool:
    """In ASCII alone: mail to any other is sent by few, and not by Cognito."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return text.isascii() and len(text) <= _MAX_EMAIL


def change_role(*, user_id: str, role: Role, by: Person, reason: str = "") -> bool:
    """Leaves her in exactly one of the role groups; False when she was already. Raises Refused, Stale."""
    require(by, Permission.PEOPLE_MANAGE)
    _check_may_give(by, role)
    if by.user_id == user_id:
        raise Refused("You cannot change your own role. Ask another Admin.")
    with ExitStack() as held:
        held.enter_context(lease(f"role:{user_id}"))
        person = directory.colleague(user_id)
        superfluous = [group for group in person.groups if group in set(Role) and group != role]
        if role in person.groups and not superfluous:
            return False
        if person.role is Role.ADMIN and role is not Role.ADMIN:
            held.enter_context(lease("admins"))
            _check_other_admin(user_id)
        changes = {"role": {"before": person.role.value, "after": role.value}}
        with audited(_entry("person.role_changed", user_id, by, changes=changes, reason=reason)):
            user_pool.put_in_group(person.user.username, role.value)
            for group in superfluous:
                user_pool.take_out_of_group(person.user.username, group)
    renew_role(user_id)
    publish(Event("person.role_changed", user_id, by.user_id, {"role": role.value}))
    return True


def disable(*, user_id: str, by: Person, reason: str = "") -> None:
    """She cannot sign in any more, is signed out everywhere, and her access tokens are over. Raises Refused, Stale."""
    require(by, Permission.PEOPLE_MANAGE)
    if by.user_id == user_id:
        raise Refused("You cannot disable your own account. Ask another Admin.")
    with ExitStack() as held:
        held.enter_context(lease(f"role:{user_id}"))
        person = directory.colleague(user_id)
        if person.role is Role.ADMIN:
            held.enter_context(lease("admins"))
            _check_other_admin(user_id)
        with audited(_entry("person.disabled", user_id, by, reason=reason)):
            user_pool.disable(person.user.username)
            user_pool.sign_out(person.user.username)
            forget_sessions(user_id)
            tokens.revoke_all(user_id=user_id, by=by)
    publish(Event("person.disabled", user_id, by.user_id))


def enable(*, user_id: str, by: Person) -> None:
    require(by, Permission.PEOPLE_MANAGE)
    person = directory.colleague(user_id)
    with audited(_entry("person.enabled", user_id, by)):
        user_pool.enable(person.user.username)
    renew_role(user_id)
    publish(Event("person.enabled", user_id, by.user_id))


def sign_out_everywhere(*, user_id: str, by: Person) -> None:
    """Ends her sessions in the portal, and in Cognito whatever could begin new ones."""
    require(by, Permission.PEOPLE_MANAGE)
    person = directory.colleague(user_id)
    with audited(_entry("person.sessions_ended", user_id, by)):
        user_pool.sign_out(person.user.username)
        forget_sessions(user_id)


def reset_password(*, user_id: str, by: Person) -> AccountState:
    """Has Cognito send her a code, or her invitation again when she has not used it yet. Raises Refused."""
    require(by, Permission.PEOPLE_MANAGE)
    person = directory.colleague(user_id)
    if refused := reset_refusal(person):
        raise Refused(refused)
    invited = person.state is AccountState.INVITED
    action = "person.invited_again" if invited else "person.password_reset"
    with audited(_entry(action, user_id, by)):
        if invited:
            user_pool.invite_again(person.user)
        else:
            user_pool.reset_password(person.user.username)
    return person.state


def reset_refusal(person: Colleague) -> str:
    """Why she cannot be sent one, or an empty string."""
    if not person.has_password:
        return "This person signs in with Google, so there is no password here."
    return "Enable the account first." if person.state is AccountState.DISABLED else ""


def _check_may_give(by: Person, role: Role) -> None:
    if not may_give(by.role, role):
        raise Refused("You can give the roles up to your own.")


def _check_other_admin(user_id: str) -> None:
    """Somebody else must be left who can sign in and is an Admin."""
    for user in user_pool.everyone_in_group(Role.ADMIN.value):
        if user.user_id != user_id and account_state(user.enabled, user.status) is AccountState.ACTIVE:
            return
    raise Refused("This is the last Admin who can sign in. Make somebody else an Admin first.")


def _entry(
    action: str, user_id: str, by: Person, *, changes: Mapping[str, object] | None = None, reason: str = ""
) -> AuditEntry:
    return store.audit_entry(
        by=by, action=action, object_type="person", object_id=user_id, changes=changes, reason=reason
    )
