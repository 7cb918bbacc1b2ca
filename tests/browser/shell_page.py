"""A stand-in for the product's pages: every Streamlit piece that the shell has to do with.

Words like "Open" and "Stop" stand in its text, options and cells on purpose: they are also
Streamlit's own, and what a page writes must never be translated.
"""

import datetime as dt
import time

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

st.set_page_config(page_title="概览 · 县中帮扶监测", layout="wide")


def remember(name: str, key: str) -> None:
    st.query_params[name] = st.session_state[key]


def fields() -> None:
    st.selectbox("省份", ["Open", "None", "甲"], index=None, key="province_unbound")
    st.multiselect("类型", ["甲", "乙", "Stop"], key="kinds")
    st.multiselect("已选类型", ["甲", "乙"], default=["甲"], key="kinds_chosen")
    st.date_input("日期", value=None, key="day")
    st.date_input("起止日期", value=(dt.date(2024, 9, 1), dt.date(2025, 1, 20)), key="days")
    st.number_input("数量", value=None, key="number")
    st.text_input("说明", key="words")
    st.text_area("长说明", max_chars=50, key="long_words")
    st.slider("范围", 0, 10, 3)
    st.radio("单选", ["一", "二"])
    st.segmented_control("周期", ["日", "月"], key="period")
    st.file_uploader("上传表格", type=["xlsx", "csv"], key="upload")


def data() -> None:
    rows = pd.DataFrame({"学校": ["Search", "Open", "甲中学"], "数": [1, 2, 3]})
    with st.container(key="frame"):
        st.dataframe(rows, alt="学校表")
    st.table(pd.DataFrame({"学校": ["Stop", "Search"]}))
    figure = go.Figure(go.Bar(x=["Upload", "Zoom"], y=[1, 2]))
    figure.update_layout(title="Reset axes")
    st.plotly_chart(figure, key="chart", alt="条形图")


def overview() -> None:
    st.title("概览")
    st.header("Search")
    st.markdown("Open None Upload Stop")
    st.caption("数据截至 2026-07-01")
    st.metric("Upload", "1,234", delta="5%")
    st.button("复制链接", key="copy_link")
    fields()
    data()
    with st.expander("更多"):
        st.write("内容")
    with st.popover("弹出"):
        st.write("内容")
    st.download_button("下载", b"x", "x.txt")
    st.info("提示")
    st.success("完成")
    st.warning("注意")
    st.error("错误")


def state() -> None:
    st.title("地址")
    code = st.query_params.get("province", "-")
    st.selectbox("省份", ["11", "53"], key="place", on_change=remember, args=("province", "place"))
    st.session_state.runs = st.session_state.get("runs", 0) + 1
    st.markdown(f"第 {st.session_state.runs} 次运行:{code}")
    if st.button("慢", key="slow"):
        time.sleep(5)


def fault() -> None:
    st.title("出错")
    if st.button("出错", key="fault"):
        raise RuntimeError("a secret path")


def many() -> None:
    st.title("许多")
    turn = st.number_input("第几次", value=1, key="turn")
    for number in range(250):
        st.markdown(f"第 {turn} 次,第 {number} 段,**Open**")


pages = [
    st.Page(overview, title="概览", icon=":material/home:", url_path="overview", default=True),
    st.Page(state, title="地址", icon=":material/link:", url_path="state"),
]
more = [
    st.Page(fault, title="出错", url_path="fault"),
    st.Page(many, title="许多", url_path="many"),
]
chosen = st.navigation({"总览": pages, "其他": more})
with st.sidebar:
    st.segmented_control("语言", ["zh", "en"], default="zh", key="lang", bind="query-params")
chosen.run()
