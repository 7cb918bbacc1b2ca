"""The entry of the dashboard: page configuration and navigation, then the page itself."""

import streamlit as st

from xianzhong.lake.errors import LakeError
from xianzhong.ui.frame import unreadable
from xianzhong.ui.guest import keep_to_the_view
from xianzhong.ui.navigation import PRODUCT, navigate
from xianzhong.ui.observed import observed
from xianzhong.ui.pressing import run_of
from xianzhong.ui.session import current_lang
from xianzhong.ui.signed_in import admit, asking

page = navigate()
st.set_page_config(page_title=f"{page.title} · {PRODUCT[current_lang()]}", layout="wide")
try:
    admit(current_lang())
    keep_to_the_view(asking(), page.url_path or "overview", current_lang())
    with observed(page.url_path), run_of(page.url_path):
        page.run()
except LakeError as error:
    unreadable(error)
