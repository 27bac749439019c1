"""Directions in clusters, samples of them, and their distances."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.mapping.embedding import clusters
from convista.mapping.embedding.clusters import (
    Neighbours,
    VectorSample,
    cluster_centres,
    directions,
    nearest,
    sample_of,
)

Float = NDArray[np.float32]


def around(middles: Float, sizes: list[int], spread: float) -> Float:
    rng = np.random.default_rng(2)
    many = [m + spread * rng.normal(size=(n, len(m))) for m, n in zip(middles, sizes, strict=True)]
    return np.concatenate(many).astype(np.float32)


def test_clusters_are_those_that_were_planted_whatever_the_lengths() -> None:
    middles = np.eye(3, 5, dtype=np.float32)
    lengths = np.random.default_rng(0).uniform(0.1, 9, (160, 1)).astype(np.float32)
    vectors = around(middles, [30, 80, 50], 0.05) * lengths
    centres = cluster_centres(directions(vectors), 3, seed=4)
    np.testing.assert_allclose(centres, middles[[1, 2, 0]], atol=0.1)  # the largest first
    np.testing.assert_allclose(np.linalg.norm(centres, axis=1), 1, rtol=1e-5)
    which = nearest(directions(vectors), centres)
    assert which.tolist() == [2] * 30 + [0] * 80 + [1] * 50
    assert (
        cluster_centres(directions(vectors), 3, seed=4) == cluster_centres(directions(vectors), 3, seed=4)
    ).all()


def test_no_turn_makes_the_clusters_better() -> None:
    """Each centre is the mean direction of its own, and each vector is nearest to its own centre."""
    vectors = directions(np.random.default_rng(3).normal(size=(400, 6)).astype(np.float32))
    centres = cluster_centres(vectors, 7, seed=1)
    which = nearest(vectors, centres)
    means = np.stack([vectors[which == n].mean(axis=0) for n in range(7)])
    np.testing.assert_allclose(directions(means), centres, atol=1e-5)
    likeness = float((vectors * centres[which]).sum())
    for seed in range(5):
        drawn = vectors[np.random.default_rng(seed).choice(400, 7, replace=False)]
        assert likeness > float((vectors @ drawn.T).max(axis=1).sum())


def test_more_clusters_than_vectors_that_differ_are_refused() -> None:
    vectors = directions(np.repeat(np.eye(3, dtype=np.float32), 9, axis=0))
    assert len(cluster_centres(vectors, 3, 0)) == 3
    with pytest.raises(ConvistaError, match="4 clusters were asked for and only 3 vectors differ"):
        cluster_centres(vectors, 4, 0)


def test_a_sample_does_not_depend_on_how_the_vectors_come(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = np.random.default_rng(0).normal(size=(500, 4)).astype(np.float32)
    assert sample_of([vectors], 1).positions.tolist() == list(range(500))
    monkeypatch.setattr(clusters, "SAMPLE", 60)
    whole = sample_of([vectors], 1)
    parts = sample_of(np.split(vectors, [3, 200, 200, 460]), 1)
    assert len(whole.positions) == 60
    assert (whole.positions == parts.positions).all()
    np.testing.assert_array_equal(parts.directions, directions(vectors[parts.positions]))
    assert (whole.positions != sample_of([vectors], 2).positions).any()
    drawn = np.bincount(np.concatenate([sample_of([vectors], n).positions // 100 for n in range(50)]))
    assert (abs(drawn - 600) < 90).all()  # four deviations: each hundred is as likely
    assert len(sample_of([], 0).positions) == 0


@pytest.mark.parametrize("own", [True, False])
def test_the_anomaly_is_the_distance_to_the_tenth_neighbour(monkeypatch: pytest.MonkeyPatch, own: bool) -> None:
    monkeypatch.setattr(clusters, "TOGETHER", 7)
    vectors = directions(np.random.default_rng(5).normal(size=(40, 3)).astype(np.float32))
    positions = np.sort(np.random.default_rng(1).choice(40, 25, replace=False))
    neighbours = Neighbours(VectorSample(vectors[positions], positions), own=own)
    found = np.concatenate([neighbours.distances(vectors[:18], 0), neighbours.distances(vectors[18:], 18)])
    for n, vector in enumerate(vectors):
        others = positions[positions != n] if own else positions
        apart = np.sort(np.linalg.norm(vectors[others].astype(np.float64) - vector, axis=1))
        assert found[n] == pytest.approx(apart[9], abs=1e-3)
    with pytest.raises(ConvistaError, match="There are 10 vectors to compare with, and an anomaly needs 11"):
        Neighbours(VectorSample(vectors[:10], np.arange(10)), own=own)
