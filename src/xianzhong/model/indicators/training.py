"""Principals and teachers trained.

Training is what is recorded as training or as shadowing (跟岗挂职), a reading of this product.
"""

from __future__ import annotations

from xianzhong.model.indicators._shared import SCHOOLS, TIMES, Indicator
from xianzhong.model.labels import Label

_LEFT_OUT = Label("没有写人数的不计入，也不估计。", "Sessions without a number are left out.")


def _trained(id_: str, label: Label, who: Label, audience: str) -> Indicator:
    """Person-times trained of one audience."""
    return Indicator(
        id_, "training", label, TIMES,
        Label(
            f"培训和跟岗挂职活动中，参加对象为{who.zh}的参加人次合计。{_LEFT_OUT.zh}",
            f"Participants of training and shadowing whose audience is {who.en}. {_LEFT_OUT.en}",
        ),
        Label(
            f"上述活动中参加对象为“{who.zh}”的参加人数之和。",
            f"Sum of participants where the audience is {audience}.",
        ),
        question="training_totals", records="activities_training", counted=f"sum {audience}",
    )  # fmt: skip


TRAINING: tuple[Indicator, ...] = (
    Indicator(
        "training_sessions", "training", Label("培训", "Training sessions"),
        Label("次", "sessions"),
        Label(
            "时段内开始的校长教师培训和跟岗挂职活动数（把跟岗挂职算作培训是本系统的规则）；"
            "一次涉及多所学校的，每所学校计一次。",
            "Activities of the kinds training and shadowing that begin in the period (counting "
            "shadowing as training is this product's rule); one that concerns several schools "
            "counts once for each.",
        ),
        Label(
            "活动类型为校长教师培训、跟岗挂职的行数。",
            "Rows whose kind is training or shadowing.",
        ),
        question="training_totals", records="activities_training",
    ),
    _trained(
        "principals_trained", Label("培训校长", "Principals trained"),
        Label("校长和管理干部", "principals and managers"), "principals",
    ),
    _trained(
        "teachers_trained", Label("培训教师", "Teachers trained"),
        Label("教师", "teachers"), "teachers",
    ),
    _trained(
        "both_trained", Label("校长教师合训", "Both together"),
        Label("校长和教师", "principals and teachers together"), "principals_teachers",
    ),
    Indicator(
        "unsplit_trained", "training", Label("未写明对象", "Audience not given"), TIMES,
        Label(
            "培训和跟岗挂职活动中，没有写明参加对象（或写的不是校长、教师）的参加人次，"
            "不归入校长，也不归入教师。",
            "Participants of training and shadowing whose audience is not given (or is neither "
            "principals nor teachers): counted to neither.",
        ),
        Label(
            "培训参加人数之和 − 校长 − 教师 − 校长教师合训。",
            "Sum of participants − principals − teachers − both together.",
        ),
        question="training_totals", records="activities_training", counted="sum unsplit",
    ),
    Indicator(
        "schools_trained", "training", Label("有培训的学校", "Schools reached"), SCHOOLS,
        Label(
            "时段内至少有一次培训或跟岗挂职记录的结对学校数。",
            "Paired schools with at least one training or shadowing on record in the period.",
        ),
        Label(
            "结对学校 ∩ 培训活动的学校。",
            "Schools of the pairings ∩ schools of training and shadowing.",
        ),
        question="training_totals", records="schools_trained", counted="count reached",
    ),
    Indicator(
        "schools_trained_share", "training", Label("培训覆盖率", "Share reached (%)"),
        Label("%", "%"),
        Label(
            "有培训记录的学校占时段内结对学校的百分比。没有记录不等于没有培训。",
            "Schools reached as a percentage of the schools with a pairing in the period. Not on "
            "record does not mean not trained.",
        ),
        Label("有培训的学校 ÷ 结对学校 × 100。", "Schools reached / paired schools × 100."),
        question="training_totals", records="schools_trained", counted="share reached",
    ),
)  # fmt: skip
