"""One record that was typed on a page: committed through the intake like a sheet of one row.

What is typed becomes a workbook with declared headers and takes the whole road of an upload:
checks, comparison, one entry of the ledger, and with it history and undo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from xianzhong.access.roles import Action
from xianzhong.access.writing import commit, prepare
from xianzhong.export.files import to_xlsx
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.findings import Finding
from xianzhong.intake.load import Receipt
from xianzhong.lake.errors import LakeError
from xianzhong.model.columns import Table
from xianzhong.model.labels import COLON, Label
from xianzhong.ui.navigation import page_object
from xianzhong.ui.not_written import not_written
from xianzhong.ui.review.told import sent
from xianzhong.ui.session import Session, params_for
from xianzhong.ui.text import plain

# Erases a stored value; an empty cell would keep it.
CLEAR = "（清空）"
NO_REPORT = Label(
    "您可以查看，但没有填报权限。需要上报时请联系管理员。",
    "You may see these data, but not report. Ask an administrator if you need to.",
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What came of a typed record.

    Attributes:
        receipt: of the commit; None where nothing was written.
        record_id: the record that it is about, empty where it was refused.
        refused: what keeps it out, in words, one line each.
        exists: whether a new one was wanted and the record is there already.
    """

    receipt: Receipt | None
    record_id: str = ""
    refused: tuple[str, ...] = ()
    exists: bool = False


def may_write(session: Session) -> bool:
    """Whether the reader may write anything here; says why not."""
    if session.demo:
        no_uploads(session)
    elif not session.caller.may_somewhere(Action.REPORT):
        st.info(session.label(NO_REPORT), icon=":material/lock:")
    else:
        return True
    return False


def no_uploads(session: Session) -> None:
    """Says that a lake of generated data takes no records."""
    st.info(
        session.say(
            "This lake holds generated data and takes no uploads: real records are never mixed "
            "with them. `make run` opens the dashboard over the real data."
        ),
        icon=":material/block:",
    )


def commit_typed(
    session: Session, table: Table, texts: Mapping[str, str], who: str, *, new: bool = False
) -> Typed:
    """Checks and commits one record as one upload; writes nothing where anything is wrong.

    Args:
        session: the run.
        table: the record's table.
        texts: what its cells say, by column; ``CLEAR`` erases.
        who: whose name stands in the history.
        new: whether a record that is there already is left as it is.
    """
    sheet = pd.DataFrame([{table.column(name).label.zh: text for name, text in texts.items()}])
    content = to_xlsx(sheet, [], sheet=table.label.zh)
    name = f"{table.label.zh}-{'页面登记' if new else '页面修改'}.xlsx"
    engine = session.engine
    try:
        prepared = prepare(
            engine.lake, session.caller, table, name, content, divisions=engine.divisions
        )
        report = prepared.report
        if not report.ok:
            return Typed(None, refused=_words(session, table, report.by_severity("error")))
        if not report.differences:
            # A row that the intake takes for a total or a heading is no record.
            return Typed(None, refused=(session.say("This cannot be read as a record."),))
        first = report.differences[0]
        if new and first.outcome != "new":
            return Typed(None, first.record_id, exists=True)
        return Typed(commit(engine.lake, session.caller, prepared, who=who), first.record_id)
    except IntakeError as error:
        return Typed(None, refused=(error.message(session.lang),))
    except LakeError as error:
        return Typed(None, refused=(not_written(session, error),))


def _words(session: Session, table: Table, found: tuple[Finding, ...]) -> tuple[str, ...]:
    labels = {column.label.zh: column.label[session.lang] for column in table.columns}
    lang = session.lang
    return tuple(
        " ".join(
            part
            for part in (
                f"{labels.get(f.header, f.header)}{COLON[lang].strip()}" if f.header else "",
                f.message(lang),
                f.hint(lang),
            )
            if part
        )
        for f in found
    )


def refused(lines: tuple[str, ...], session: Session) -> None:
    """What keeps a record out."""
    said = session.say("Nothing was saved.")
    listed = "\n".join(f"- {plain(line)}" for line in lines)
    st.error(f"{said}\n\n{listed}", icon=":material/error:")


def receipt(session: Session, table: Table, got: Receipt) -> None:
    """What was written, what there was to say about it, and the way back."""
    if got.pending:
        sent(session, got.pending)
        return
    if got.entry is None:
        st.info(session.say("Nothing was changed: the record says so already."),
                icon=":material/check:")  # fmt: skip
        return
    st.success(
        session.say("Saved as upload {upload}. The data are now snapshot {number}.",
                    upload=got.entry.upload_id, number=got.snapshot.number),
        icon=":material/task_alt:",
    )  # fmt: skip
    said = _words(session, table, got.report.by_severity("warning"))
    if said:
        st.warning("\n".join(f"- {plain(line)}" for line in said), icon=":material/warning:")
    st.page_link(
        page_object("history"), label=session.say("See it in the history, or take it back"),
        query_params={**params_for(session.filters, session.lang), "upload": got.entry.upload_id},
        icon=":material/undo:",
    )  # fmt: skip
