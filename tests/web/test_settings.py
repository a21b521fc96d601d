"""Settings from the environment."""

import pytest

from search.errors import SettingError
from web.settings import Settings, settings_from


@pytest.mark.parametrize(
    ("environ", "settings"),
    [
        pytest.param({}, Settings(), id="nothing-set"),
        pytest.param(
            {"DATELINE_TRUSTED_HOSTS": "news.example, Desk"},
            Settings(hosts=("localhost", "127.0.0.1", "::1", "news.example", "desk")),
            id="names",
        ),
        pytest.param({"DATELINE_SIZE_MAX": "20"}, Settings(size_max=20), id="size"),
        pytest.param({"DATELINE_DEPTH_MAX": " 500 "}, Settings(depth_max=500), id="depth"),
    ],
)
def test_settings_from(environ, settings):
    assert settings_from(environ) == settings


@pytest.mark.parametrize("written", ["0", "-1", "ten", "1e3", "٣"])
def test_a_number_that_is_none_is_refused_by_name(written):
    with pytest.raises(SettingError, match="DATELINE_SIZE_MAX"):
        settings_from({"DATELINE_SIZE_MAX": written})
