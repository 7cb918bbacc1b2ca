"""Pairings and agreements."""

from __future__ import annotations

from xianzhong.model.indicators._shared import COUNTIES, PAIRS, SCHOOLS, Indicator
from xianzhong.model.labels import Label

PROGRAMME: tuple[Indicator, ...] = (
    Indicator(
        "pairings", "programme", Label("在册结对", "Pairings on record"), PAIRS,
        Label(
            "有来源证明、已记录在册的结对关系；选了时段时，只计时段内有效的。",
            "Pairings on record with a source; with a period chosen, those in force in it.",
        ),
        Label(
            "结对关系的行数；有效期从起始学期首日（没有则为签约日期）起，到到期日期（没有则加三年）止。",
            "Rows of pairings; in force from the first day of the first term (else the agreement "
            "date) to the end date (else plus three years).",
        ),
        question="pairing_totals", records="pairings",
    ),
    Indicator(
        "pairings_announced", "programme", Label("公布结对", "Pairings announced"), PAIRS,
        Label(
            "教育部公布的部属高校县中托管帮扶结对总数。只有全国数，没有分省的公布数。",
            "Total that the Ministry announced for its universities. No figure by province "
            "was published.",
        ),
        Label("公布数，不由记录计算。", "The published number, not computed."),
        Label("教育部，2022-08-31，教基厅函〔2022〕13号", "Ministry of Education, 2022-08-31"),
        period=False,
    ),
    Indicator(
        "universities", "programme", Label("帮扶高校", "Supporting universities"),
        Label("所", "universities"),
        Label("在册结对中的不同高校（机构）数。", "Different universities among the pairings."),
        Label("结对关系中不同高校代码的个数。", "Distinct university codes of the pairings."),
        question="pairing_totals", records="universities",
    ),
    Indicator(
        "schools", "programme", Label("受援县中", "County schools"), SCHOOLS,
        Label(
            "在册结对中的不同学校数；一所学校有两个结对只计一次。",
            "Different schools among the pairings; a school with two pairings counts once.",
        ),
        Label("结对关系中不同学校代码的个数。", "Distinct school codes of the pairings."),
        question="pairing_totals", records="schools",
    ),
    Indicator(
        "counties", "programme", Label("受援县", "Counties"), COUNTIES,
        Label("受援县中所在的不同县级单位数。", "Different counties of the schools."),
        Label("上述学校所在县的不同代码个数。", "Distinct county codes of those schools."),
        question="pairing_totals", records="schools", counted="distinct county_code",
    ),
    Indicator(
        "agreements_in_force", "programme", Label("有效协议", "Agreements in force"), PAIRS,
        Label(
            "在截止日仍在有效期内的结对。没有到期日期的，本系统按起始加三年计。",
            "Pairings in force at the reference date. Without an end date this product "
            "counts three years from the start.",
        ),
        Label(
            "有效期含截止日的结对数；截止日为数据截至日与时段末日中较早者。",
            "Pairings whose cycle holds the reference date: the earlier of the data's date "
            "and the period's last day.",
        ),
        question="pairing_totals", records="pairings_in_force",
    ),
    Indicator(
        "agreements_ending_180", "programme",
        Label("180天内到期", "Ending within 180 days"), PAIRS,
        Label(
            "有效且在180天内到期的结对（180天为本系统的规则）。",
            "In force and ending within 180 days (180 days is this product's rule).",
        ),
        Label(
            "截止日 ≤ 到期日 ≤ 截止日+180天。",
            "Reference date ≤ end ≤ reference date + 180 days.",
        ),
        question="pairing_totals", records="pairings_ending",
    ),
    Indicator(
        "agreements_ended", "programme",
        Label("已到期、续签未见记录", "Ended, renewal not on record"), PAIRS,
        Label(
            "到期日早于截止日的结对。没有续签记录不等于没有续签，更不是学校的过错。",
            "Pairings past their end. No renewal on record does not mean none was signed.",
        ),
        Label("到期日 < 截止日的结对数。", "Pairings whose end is before the reference date."),
        question="pairing_totals", records="pairings_ended",
    ),
)  # fmt: skip
