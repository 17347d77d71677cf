from __future__ import annotations

from ninja import Router
from pydantic import Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.schemas import Output
from metadata.enums import Group
from metadata.models import Option
from metadata.store import options_of, parent_of

router = Router(tags=["Metadata"], auth=Bearer(Area.METADATA))


class OptionOut(Output):
    option_id: str = Field(examples=["01jd2v7m3s8q4k6w9x0y1z2a3b"])
    label: str
    slug: str
    parent_id: str | None = Field(description="The suite of a product.")

    @classmethod
    def of(cls, option: Option) -> OptionOut:
        return cls(option_id=option.option_id, label=option.label, slug=option.slug, parent_id=parent_of(option))


class OptionList(Output):
    items: list[OptionOut]


@router.get("/{group}/options", response=OptionList, operation_id="listOptions", summary="What can be chosen, in order")
def options(request: Request, group: Group) -> OptionList:
    return OptionList(items=[OptionOut.of(option) for option in options_of(group)])
