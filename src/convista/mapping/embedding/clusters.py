"""Vectors by their directions: a sample of many, clusters of those that point alike, and how alone one is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError

Float = NDArray[np.float32]

SAMPLE_NUMBERS = 2**23
"""Numbers that a sample of vectors has at most, in all."""
SAMPLE = 2**14
"""Vectors that a sample has at most."""
TRIES = 4
"""Times that clusters are looked for; the best of them are kept."""
ITERATIONS = 100
"""Turns of one try, at most."""
NEIGHBOURS = 10
"""A vector is as alone as this neighbour is far."""
TOGETHER = 1024
"""Vectors that are compared with a sample at a time."""


def directions(vectors: Float) -> Float:
    """Return vectors of length 1, (n, numbers); a vector of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Float = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return unit


class VectorSample(NamedTuple):
    """Vectors drawn from many, each as likely as any other."""

    directions: Float
    """(sample, numbers)."""
    positions: NDArray[np.int64]
    """Which of the many they are, ascending."""


def sample_of(chunks: Iterable[Float], seed: int) -> VectorSample:
    """Draw vectors from chunks of them, (n, numbers) each, keeping no more than the sample in memory.

    Every vector draws a number, and the smallest numbers stay: so the sample depends on the vectors' order and the
    seed, not on how they are divided into chunks.
    """
    rng = np.random.default_rng(seed)
    kept, keys, positions, seen = None, np.empty(0), np.empty(0, np.int64), 0
    for vectors in chunks:
        kept = directions(vectors) if kept is None else np.concatenate([kept, directions(vectors)])
        keys = np.concatenate([keys, rng.random(len(vectors))])
        positions = np.concatenate([positions, np.arange(seen, seen + len(vectors))])
        seen += len(vectors)
        most = min(SAMPLE, max(1, SAMPLE_NUMBERS // max(1, kept.shape[1])))
        if len(keys) > most:
            smallest = np.sort(np.argpartition(keys, most)[:most])
            kept, keys, positions = kept[smallest], keys[smallest], positions[smallest]
    return VectorSample(np.empty((0, 0), np.float32) if kept is None else kept, positions)


def cluster_centres(vectors: Float, count: int, seed: int) -> Float:
    """Return the centres of clusters of directions, (count, numbers), of length 1, the largest cluster first.

    Spherical k-means (Dhillon & Modha 2001, "Concept decompositions for large sparse text data using clustering"):
    Lloyd's turns with the cosine as likeness, so that clusters are of what `search` finds alike. Begun with
    k-means++ (Arthur & Vassilvitskii 2007) a few times; the try with the largest sum of cosines stays.

    Parameters
    ----------
    vectors
        Directions, (n, numbers).
    count
        Clusters, from 2.
    seed
        Of the beginnings.

    Raises
    ------
    ConvistaError
        If fewer than `count` directions differ.
    """
    differing = len(np.unique(vectors, axis=0))
    if not 2 <= count <= differing:
        raise ConvistaError("mapping.count_of_clusters", clusters=count, differing=differing)
    rng = np.random.default_rng(seed)
    tries = [_lloyd(vectors, _kmeans_plus_plus(vectors, count, rng)) for _ in range(TRIES)]
    centres = max(tries, key=lambda found: float((vectors @ found.T).max(axis=1).sum(dtype=np.float64)))
    sizes = np.bincount(nearest(vectors, centres), minlength=count)
    return centres[np.argsort(-sizes, kind="stable")]


def nearest(vectors: Float, centres: Float) -> NDArray[np.int64]:
    """Return the number of the centre most like each direction, from 0."""
    which: NDArray[np.int64] = (vectors @ centres.T).argmax(axis=1)
    return which


def _kmeans_plus_plus(vectors: Float, count: int, rng: np.random.Generator) -> Float:
    """Draw vectors as centres, each by its squared distance to those before it."""
    chosen = [int(rng.integers(len(vectors)))]
    apart = np.full(len(vectors), np.inf)
    while len(chosen) < count:
        apart = np.minimum(apart, ((vectors - vectors[chosen[-1]]) ** 2).sum(axis=1, dtype=np.float64))
        chosen.append(int(rng.choice(len(vectors), p=apart / apart.sum())))
    return vectors[chosen]


def _lloyd(vectors: Float, centres: Float) -> Float:
    """Move centres to the mean directions of those nearest to them, until none changes its centre."""
    before = np.full(len(vectors), -1)
    for _ in range(ITERATIONS):
        likeness = vectors @ centres.T
        which = likeness.argmax(axis=1)
        for empty in np.setdiff1d(np.arange(len(centres)), which):
            # A centre that nobody is nearest to begins anew with the vector worst served.
            which[likeness[np.arange(len(which)), which].argmin()] = empty
        if (which == before).all():
            break
        members = np.zeros(likeness.shape, np.float32)
        members[np.arange(len(which)), which] = 1
        centres, before = directions(members.T @ vectors), which
    return centres


class Neighbours:
    """How far directions lie from a sample of them.

    The score is the Euclidean distance to the `NEIGHBOURS`-th nearest of the sample (Sun et al. 2022,
    "Out-of-distribution detection with deep nearest neighbors"), 0 … 2: small where many are alike. It asks nothing
    of the vectors' distribution, as a distance to Gaussians of classes does, and needs no classes.

    Parameters
    ----------
    sample
        What there is to be near to.
    own
        Whether the vectors asked about are those that the sample was drawn from, in order: then none is its own
        neighbour.

    Raises
    ------
    ConvistaError
        If the sample has too few vectors.
    """

    def __init__(self, sample: VectorSample, *, own: bool) -> None:
        if len(sample.positions) <= NEIGHBOURS:
            raise ConvistaError("mapping.few_neighbours", count=len(sample.positions), least=NEIGHBOURS + 1)
        self.sample = sample
        self.own = own

    def distances(self, vectors: Float, first: int) -> Float:
        """Return the score of directions, (n,); `first` is the position of the first of them."""
        found = np.empty(len(vectors), np.float32)
        for start in range(0, len(vectors), TOGETHER):
            some = slice(start, min(start + TOGETHER, len(vectors)))
            likeness = vectors[some] @ self.sample.directions.T
            if self.own:
                low, high = np.searchsorted(self.sample.positions, [first + some.start, first + some.stop])
                likeness[self.sample.positions[low:high] - first - some.start, np.arange(low, high)] = -np.inf
            alike = np.partition(likeness, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS]
            found[some] = np.sqrt(np.maximum(2 - 2 * alike, 0))
        return found
