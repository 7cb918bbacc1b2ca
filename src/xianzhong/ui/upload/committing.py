"""The commit, pressed once, and its receipt."""

from __future__ import annotations

import streamlit as st

from xianzhong.access.writing import commit
from xianzhong.intake.load import Prepared, Receipt
from xianzhong.lake.errors import LakeError
from xianzhong.ui import pressing
from xianzhong.ui.navigation import page_object
from xianzhong.ui.not_written import not_written
from xianzhong.ui.own_name import keep_name, own_name, own_name_field
from xianzhong.ui.review.told import sent, will_wait
from xianzhong.ui.session import Session, params_for
from xianzhong.ui.text import in_china, plain
from xianzhong.ui.upload.findings import annotated
from xianzhong.ui.upload.hand import Hand, forget_receipt, receipt_keeper

_WHO = "upload_who"


def who(session: Session) -> str:
    """Whose name stands in the history; asked once in a visit."""
    own_name_field(
        session, _WHO, label=session.say("Your name, for the history"),
        help=session.say("Everyone who opens this dashboard sees it beside the upload."),
    )  # fmt: skip
    return name_given()


def name_given() -> str:
    """The name that was given, empty where none was yet."""
    name = own_name(_WHO)
    keep_name(name)
    return name


def name_wanted(session: Session) -> None:
    """Says that nothing is written without a name."""
    st.warning(session.say("Please give your name first."), icon=":material/person_alert:")


def committing(session: Session, hand: Hand, prepared: Prepared) -> None:
    """The button, or the reason why there is none."""
    report = prepared.report
    partial = False
    if not report.ok and prepared.choices.replaces:
        st.caption(session.say("A list is replaced only by a file without errors."))
        return
    if not report.ok:
        good = report.counts["new"] + report.counts["updated"]
        if not good:
            st.caption(session.say("There is nothing to load until a row is mended."))
            return
        partial = st.checkbox(
            session.say(
                "Load the {good} good rows alone and leave out the {rejected} rejected ones",
                good=f"{good:,}", rejected=f"{report.counts['rejected']:,}",
            ),
            key=f"partial_{hand.key}",
        )  # fmt: skip
        if not partial:
            st.caption(session.say("With errors, nothing is loaded unless you choose so."))
            return
    if prepared.nothing_to_do:
        st.info(session.say("Nothing to load: the records are all there already."),
                icon=":material/check:")  # fmt: skip
        return
    count = report.counts["new"] + report.counts["updated"]
    label = session.say("Load {count} records", count=f"{count:,}")
    if gone := len(report.removed):
        label = session.say("Load {count} records and remove {gone}",
                            count=f"{count:,}", gone=f"{gone:,}")  # fmt: skip
    if will_wait(session, prepared):
        label = session.say("Send {count} records for review", count=f"{count + gone:,}")
    # With another preview comes another button: nothing is committed that was not looked at.
    key = f"commit_{prepared.upload_id}"
    if pressing.button(label, type="primary", key=key, icon=":material/publish:"):
        with pressing.carried_out(key):
            written = _commit(session, hand, prepared, partial)
        if written:
            st.rerun()


def _commit(session: Session, hand: Hand, prepared: Prepared, partial: bool) -> bool:
    """Commits, and says where it does not."""
    name, keep = name_given(), receipt_keeper(hand)
    if not name:
        name_wanted(session)
        return False
    try:
        with st.spinner(session.say("Loading …")):
            done = commit(
                session.engine.lake, session.caller, prepared, who=name, accept_partial=partial
            )
            keep(done)
            pressing.done()
    except LakeError as error:
        st.error(not_written(session, error))
        return False
    return True


def receipt(session: Session, hand: Hand, got: Receipt) -> None:
    """What was loaded, under which number, and where to see it."""
    if got.pending:
        sent(session, got.pending)
        return
    if got.entry is None:
        st.info(session.say("Nothing to load: the records are all there already."))
        return
    counts = got.report.counts
    gone = len(got.report.removed)
    st.success(
        session.say(
            "{file}: loaded at {moment} (China time) as upload {upload}. New {new}, updated "
            "{updated}, unchanged {unchanged}, rejected {rejected}. The data are now snapshot "
            "{number}.",
            file=plain(hand.name), moment=in_china(got.entry.at),
            upload=got.entry.upload_id, new=f"{counts['new']:,}",
            updated=f"{counts['updated']:,}", unchanged=f"{counts['unchanged']:,}",
            rejected=f"{counts['rejected']:,}", number=got.snapshot.number,
        )
        + (session.say(" Of the old list removed {gone}.", gone=f"{gone:,}") if gone else ""),
        icon=":material/task_alt:",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        here = params_for(session.filters, session.lang)
        st.page_link(
            page_object("history"), query_params={**here, "upload": got.entry.upload_id},
            label=session.say("See the loaded records"), icon=":material/visibility:",
            width="content",
        )  # fmt: skip
        if counts["rejected"]:
            annotated(session, hand, got.report)
        st.button(
            session.say("Check this file again"), key=f"recheck_{hand.key}", type="tertiary",
            on_click=forget_receipt, args=(hand,),
        )  # fmt: skip
