"""The floor of the platform: a page with one choice and one line of text."""

import streamlit as st

PROVINCES = [
    "全国",
    "河北省",
    "山西省",
    "云南省",
    "四川省",
    "贵州省",
    "湖南省",
    "甘肃省",
    "广西壮族自治区",
]
st.markdown(f"**{st.selectbox('省份', PROVINCES)}**")
