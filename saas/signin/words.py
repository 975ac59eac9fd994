"""Browsers and systems in words."""

from __future__ import annotations

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l

_BROWSERS = {
    "wechat": _l("WeChat"),
    "dingtalk": _l("DingTalk"),
    "qq": _l("QQ Browser"),
    "quark": _l("Quark"),
    "uc": _l("UC Browser"),
    "huawei": _l("Huawei Browser"),
    "xiaomi": _l("Xiaomi Browser"),
    "edge": "Edge",
    "firefox": "Firefox",
    "chrome": "Chrome",
    "safari": "Safari",
}
_SYSTEMS = {
    "harmony": _l("HarmonyOS phone"),
    "android": _l("Android phone"),
    "iphone": "iPhone",
    "ipad": "iPad",
    "windows": _l("Windows computer"),
    "mac": _l("Mac"),
    "linux": _l("Linux computer"),
}


def device_in_words(device: str) -> str:
    """What `rules.device_of` kept, as a reader knows it: "Chrome, Windows computer"."""
    first, _blank, second = device.partition(" ")
    browser = _BROWSERS.get(first, _l("a browser"))
    system = _SYSTEMS.get(second, _l("a device"))
    return _("%(browser)s, %(system)s", browser=browser, system=system)
