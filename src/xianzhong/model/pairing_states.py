"""In what state an agreement is at a reference day, in words."""

from __future__ import annotations

from xianzhong.model.labels import Label

STATES: dict[str, Label] = {
    "unknown": Label("未找到日期", "No date on record"),
    "not_begun": Label("尚未开始", "Not begun"),
    "in_force": Label("有效", "In force"),
    "ending": Label("180天内到期", "Ends within 180 days"),
    "ended": Label("已到期，续签未见记录", "Ended, renewal not on record"),
}
