"""The folder of keys is never among files that are served or backed up with uploads."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from ccm_portal import env
from sponsorship import keys


@pytest.mark.parametrize("place", ["media", "media/keys", "."])
def test_the_portal_does_not_start_with_its_keys_among_its_files(place, tmp_path, monkeypatch):
    monkeypatch.setenv("SPONSORSHIP_KEYS", str(tmp_path / place))
    with pytest.raises(ImproperlyConfigured, match="apart from"):
        env.folder_apart("SPONSORSHIP_KEYS", tmp_path / "keys", tmp_path / "media")

    monkeypatch.setenv("SPONSORSHIP_KEYS", str(tmp_path / "media-keys"))
    assert env.folder_apart("SPONSORSHIP_KEYS", tmp_path, tmp_path / "media") == tmp_path / "media-keys"


def test_a_destroyed_key_is_told_from_a_lost_one(settings, tmp_path):
    settings.SPONSORSHIP_KEYS = tmp_path / "keys"
    name, key = keys.make()
    assert keys.read(name) == key

    keys.destroy(name)
    keys.destroy(name)

    for asked, destroyed in ((name, True), ("0" * 32, False)):
        with pytest.raises(keys.KeyMissing) as missing:
            keys.read(asked)
        assert missing.value.destroyed is destroyed
    assert [path.name for path in keys.folder().iterdir()] == [f"{name}.destroyed"]
