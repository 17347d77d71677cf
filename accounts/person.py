"""The signed-in person: a small value built from the session, in place of Django's database user."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.enums import Role


@dataclass(frozen=True)
class Person:
    """`user_id` is the Cognito `sub`. Her e-mail address stays in Cognito.

    `own_role` is set while she looks at the portal as another `role`. `manages` a team: that shows her the way there,
    and opens nothing.
    """

    user_id: str
    name: str
    role: Role
    own_role: Role | None = None
    manages: bool = field(default=False, compare=False)

    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def pk(self) -> str:
        return self.user_id

    @property
    def is_staff(self) -> bool:
        return self.role is Role.ADMIN

    def get_username(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_staff

    def has_perms(self, perms: list[str], obj: object = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"


@dataclass(frozen=True)
class Anonymous:
    user_id = ""
    name = ""
    role = None
    pk = None
    is_authenticated = False
    is_active = False
    is_anonymous = True
    is_staff = False

    def get_username(self) -> str:
        return ""

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


SYSTEM = Person(user_id="system", name="The portal", role=Role.ADMIN)
"""Who acts when nobody does: jobs and seeding. Never signs in."""
