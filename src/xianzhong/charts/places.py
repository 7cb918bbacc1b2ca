"""Short names of the provincial units, and where they are written on the national map."""

from __future__ import annotations

from xianzhong.model.labels import Label

# Two-digit code: (label, longitude, latitude). The places are this project's, chosen so that the
# names fit; 66 (the Corps) has no area of its own on the map and stands at 石河子市.
PLACES: dict[str, tuple[Label, float, float]] = {
    "11": (Label("北京", "Beijing"), 116.4, 40.25),
    "12": (Label("天津", "Tianjin"), 118.0, 38.95),
    "13": (Label("河北", "Hebei"), 115.2, 38.2),
    "14": (Label("山西", "Shanxi"), 112.2, 37.6),
    "15": (Label("内蒙古", "Inner Mongolia"), 111.5, 41.6),
    "21": (Label("辽宁", "Liaoning"), 122.9, 41.3),
    "22": (Label("吉林", "Jilin"), 126.2, 43.5),
    "23": (Label("黑龙江", "Heilongjiang"), 128.0, 47.3),
    "31": (Label("上海", "Shanghai"), 122.6, 31.2),
    "32": (Label("江苏", "Jiangsu"), 119.6, 33.3),
    "33": (Label("浙江", "Zhejiang"), 120.0, 29.1),
    "34": (Label("安徽", "Anhui"), 117.2, 31.9),
    "35": (Label("福建", "Fujian"), 118.0, 26.2),
    "36": (Label("江西", "Jiangxi"), 115.7, 27.9),
    "37": (Label("山东", "Shandong"), 118.2, 36.3),
    "41": (Label("河南", "Henan"), 113.6, 33.9),
    "42": (Label("湖北", "Hubei"), 112.3, 31.1),
    "43": (Label("湖南", "Hunan"), 111.6, 27.9),
    "44": (Label("广东", "Guangdong"), 113.4, 23.5),
    "45": (Label("广西", "Guangxi"), 108.3, 24.0),
    "46": (Label("海南", "Hainan"), 109.8, 19.2),
    "50": (Label("重庆", "Chongqing"), 107.6, 29.9),
    "51": (Label("四川", "Sichuan"), 102.8, 30.6),
    "52": (Label("贵州", "Guizhou"), 106.7, 26.9),
    "53": (Label("云南", "Yunnan"), 101.5, 24.9),
    "54": (Label("西藏", "Xizang"), 88.4, 31.4),
    "61": (Label("陕西", "Shaanxi"), 108.9, 34.4),
    "62": (Label("甘肃", "Gansu"), 96.3, 40.4),
    "63": (Label("青海", "Qinghai"), 96.2, 35.6),
    "64": (Label("宁夏", "Ningxia"), 106.2, 37.3),
    "65": (Label("新疆", "Xinjiang"), 85.2, 41.2),
    "66": (Label("兵团", "XPCC"), 86.04, 44.31),
    "71": (Label("台湾", "Taiwan"), 121.0, 23.7),
    "81": (Label("香港", "Hong Kong"), 115.1, 21.9),
    "82": (Label("澳门", "Macao"), 112.5, 21.5),
}
CORPS = "66"
# Too small for their names, which stand beside them.
NAMED_AT_SEA = {"12", "31", "81", "82"}
NO_ROOM_IN_ENGLISH = {"11", "12", "31", "50", "64", "81", "82"}
