"""spaCy's entities as persons. The tests of a real pipeline run where spaCy is installed; it is not a part
of the test installation, being 40 packages for one optional tagger."""

import importlib.machinery
import importlib.util
import sys
from types import ModuleType

import pytest

from indexer.people import tag_people
from indexer.spacy_tagger import load_spacy
from indexer.tagger import SpacyTagger, choose_tagger, chosen_tagger
from search.errors import SettingError

needs_spacy = pytest.mark.skipif(
    importlib.util.find_spec("spacy") is None, reason="spaCy is not installed: pip install 'dateline[spacy]'"
)


@pytest.fixture
def pipeline(tmp_path):
    """Return the folder of a pipeline that knows one person and one firm."""
    import spacy

    language = spacy.blank("en")
    ruler = language.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": "PERSON", "pattern": "Zork Blim"}, {"label": "ORG", "pattern": "Quux Works"}]
    )
    language.to_disk(tmp_path / "pipeline")
    return str(tmp_path / "pipeline")


@needs_spacy
def test_persons_of_a_pipeline_are_tagged(pipeline):
    tags = tag_people("", "Quux Works fired Zork Blim. Blim said so.", tagger=SpacyTagger(pipeline))
    assert [(tag.name, tag.roles) for tag in tags] == [("Zork Blim", ("quoted", "mentioned"))]
    assert tags[0].mentions[0].rule.startswith("spaCy ")


@needs_spacy
def test_a_long_text_is_read_in_pieces(pipeline):
    text = "It rained. " * 20_000 + "Zork Blim left."
    assert list(load_spacy(pipeline)(text)) == [(220_000, 220_009)]


@needs_spacy
def test_a_pipeline_that_is_not_installed_is_named():
    with pytest.raises(SettingError, match="no pipeline 'not_a_pipeline'"):
        choose_tagger("spacy:not_a_pipeline")


def test_without_spacy_the_way_out_is_told(monkeypatch):
    monkeypatch.setattr("indexer.spacy_tagger.find_spec", lambda name: None)
    with pytest.raises(SettingError, match=r"dateline\[spacy\]"):
        choose_tagger("spacy:en_core_web_sm")
    assert chosen_tagger() is None


@pytest.mark.parametrize("error", [OSError, AttributeError, TypeError, SyntaxError, RuntimeError])
def test_a_module_that_is_no_pipeline_is_named(monkeypatch, error):
    """`spacy:flask` is a package that can be imported, and has nothing that loads a pipeline."""

    def load(name):
        raise error("it has no load")

    module = ModuleType("spacy")
    module.__spec__ = importlib.machinery.ModuleSpec("spacy", None)
    module.load = load
    monkeypatch.setitem(sys.modules, "spacy", module)
    with pytest.raises(SettingError, match=r"no pipeline 'flask' installed \(it has no load\)"):
        choose_tagger("spacy:flask")
    assert chosen_tagger() is None
