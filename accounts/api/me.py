from __future__ import annotations

from ninja import Router
from pydantic import Field

from accounts.enums import Role
from accounts.http import Request
from accounts.permissions import ROLES, Permission
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.schemas import Output

router = Router(tags=["Me"], auth=Bearer(Area.PROFILE))


class Me(Output):
    user_id: str = Field(examples=["4b1f7a3e-0f2b-4a55-9a6c-0d5a0f0e7c11"])
    name: str = Field(examples=["Carl Contributor"])
    role: Role
    permissions: list[Permission] = Field(description="What the role allows, in words that stay the same.")


@router.get("", response=Me, operation_id="getMe", summary="Who I am, and what I may do")
def me(request: Request) -> Me:
    person = request.user
    return Me(
        user_id=person.user_id,
        name=person.name,
        role=person.role,
        permissions=sorted(ROLES[person.role].permissions),
    )
