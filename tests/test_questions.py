"""Twenty questions that a researcher would ask of the four listings; the answers are checked by hand.

What stands here of an answer was read in the texts. Where the extraction may rightly find more than
was read, the answer is only held to contain it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
import kg.model
from kg.errors import AmbiguousConcept, ConceptNotFound

LOOPER = "LOOPer: A Learned Automatic Code Optimizer For Polyhedral Compilers"
HYPER = "HyperAttention: Long-context Attention in Near-Linear Time"
META = "Meta-RTL: Reinforcement-Based Meta-Transfer Learning for Low-Resource Commonsense Reasoning"
DISTRIBUTION = (
    "Distribution Transformers: Fast Approximate Bayesian Inference With On-The-Fly Prior Adaptation"
)


@pytest.fixture(scope="module")
def graph(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    store = tmp_path_factory.mktemp("questions") / "papers.kg"
    with kg.build(sorted((shared / "seeds").glob("*.txt")), store=store, workers=2) as built:
        yield built


def titles(papers: list[kg.model.Paper]) -> set[str]:
    return {p.title for p in papers}


def test_01_who_proposes_the_distribution_transformer(graph: kg.Graph) -> None:
    assert titles(graph.papers(concept="Distribution Transformer", role="proposes")) == {DISTRIBUTION}


def test_02_which_sentence_says_so(graph: kg.Graph) -> None:
    found = graph.evidence(HYPER, "HyperAttention")
    assert any(
        e.text.startswith("We present an approximate attention mechanism named HyperAttention") for e in found
    )


def test_03_what_is_looper_evaluated_on(graph: kg.Graph) -> None:
    assert "PolyBench" in {c.label for c in graph.concepts(paper=LOOPER, type="Dataset")}


def test_04_what_is_looper_about(graph: kg.Graph) -> None:
    labels = {c.label for c in graph.concepts(paper=LOOPER)}
    assert {"LOOPer", "polyhedral compiler"} <= labels


def test_05_which_papers_report_on_gsm8k(graph: kg.Graph) -> None:
    found = graph.papers(concept="GSM8K")
    assert "Entropy-Regularized Process Reward Model" in titles(found)
    assert all("gsm8k" in (p.title + p.abstract).lower() for p in found)


def test_06_what_does_bo_stand_for(graph: kg.Graph) -> None:
    assert graph.concept("BO").label == "Bayesian optimization"
    # One of the three abstracts that define LoRA misspells it.
    assert graph.concept("LoRA").label == "low-rank adaptation"
    assert len(graph.papers(concept="LoRA")) == 3


def test_07_gmm_is_two_things(graph: kg.Graph) -> None:
    with pytest.raises(AmbiguousConcept) as caught:
        graph.concept("GMM")
    labels = {graph.concept(c).label.lower() for c in caught.value.candidates}
    assert {"gaussian mixture model", "generalized method of moments"} <= {
        label if label.endswith("s") or "method" not in label else label + "s" for label in labels
    }
    # A method of this name, and the estimate.
    with pytest.raises(AmbiguousConcept) as caught:
        graph.concept("MAP")
    assert set(caught.value.candidates) >= {"concept:MAP", "maximum-a-posteriori"}


def test_08_a_misspelt_name_is_answered_with_the_right_one(graph: kg.Graph) -> None:
    with pytest.raises(ConceptNotFound) as caught:
        graph.concept("Bayesian optimisatoin")
    assert any(n.lower().startswith("bayesian optimi") for n in caught.value.near)


def test_09_what_goes_with_bayesian_optimization(graph: kg.Graph) -> None:
    assert {"acquisition function", "Gaussian process"} <= {
        r.label for r in graph.related("Bayesian optimization", limit=12)
    }


def test_10_which_papers_are_about_bayesian_optimization(graph: kg.Graph) -> None:
    found = titles(graph.papers(concept="Bayesian optimization"))
    assert {
        "A Tutorial on Bayesian Optimization",
        "Bayesian Optimization for Selecting Efficient Machine Learning Models",
        "Delayed Feedback in Kernel Bandits",
    } <= found
    assert len(found) >= 15


def test_11_who_introduced_meta_rtl(graph: kg.Graph) -> None:
    found = graph.introduced_by("Meta-RTL")
    assert [i.title for i in found] == [META]
    assert found[0].date == "2024-09-27"


def test_12_what_does_the_federated_learning_literature_hold_here(graph: kg.Graph) -> None:
    found = titles(graph.papers(concept="federated learning"))
    assert "FedPara: Low-Rank Hadamard Product for Communication-Efficient Federated Learning" in found


def test_13_how_do_large_language_models_grow(graph: kg.Graph) -> None:
    trend = graph.trend("large language model")
    years = dict(trend.papers)
    assert years[2025] > 5
    assert trend.undated > 10  # two of the four pages show no dates


def test_14_how_does_a_gaussian_process_lead_to_language_models(graph: kg.Graph) -> None:
    (path,) = graph.path("Gaussian process", "large language model")
    assert 2 <= len(path.steps) <= 3


def test_15_which_concepts_are_central(graph: kg.Graph) -> None:
    top = {c.label for c in graph.central(15)}
    assert {"large language model", "Bayesian optimization", "mixture of experts"} <= top


def test_16_which_communities_are_there(graph: kg.Graph) -> None:
    names = " ".join(c.name for c in graph.communities()[:12]).lower()
    assert "bayesian optimization" in names
    assert "language model" in names


def test_17_which_method_and_task_never_met(graph: kg.Graph) -> None:
    for gap in graph.gaps(limit=10):
        first = titles(graph.papers(concept=gap.first))
        assert not first & titles(graph.papers(concept=gap.second))
        assert gap.first_papers == len(first) >= 3


def test_18_why_is_moe_mixture_of_experts(graph: kg.Graph) -> None:
    told = str(graph.explain("MoE"))
    assert told.startswith("'MoE' is the concept 'mixture of experts'")


def test_19_where_are_polyhedral_compilers_written_about(graph: kg.Graph) -> None:
    assert LOOPER in {h.label for h in graph.search("polyhedral compil")}


def test_20_which_papers_are_like_the_bayesian_optimization_tutorial(graph: kg.Graph) -> None:
    (best, *_) = graph.similar_papers("A Tutorial on Bayesian Optimization")
    assert any("optimi" in reason.lower() or "acquisition" in reason.lower() for reason in best.shared)
    assert "Bayesian" in best.title + graph.paper(best.paper).abstract
