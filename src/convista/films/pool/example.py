"""What films of poolings and of flattening show where nothing is given: the worked convolution after its ReLU."""

from __future__ import annotations

import numpy as np

from convista.films.conv.conv import EXAMPLE_IMAGE, EXAMPLE_KERNEL
from convista.operators import Array
from convista.operators.activation import Relu
from convista.operators.conv import Conv
from convista.operators.filters import laplacian, sobel
from convista.operators.pool import MaxPool
from convista.operators.sliding import NONE, Padding


def _convolved(kernel: Array, padding: Padding = NONE) -> Array:
    image = np.array(EXAMPLE_IMAGE, dtype=np.float64)
    made: Array = Conv(padding=padding).value(image[None, None], kernel[None, None])[0, 0]
    return made


SOBEL_X = np.array(EXAMPLE_KERNEL, dtype=np.float64)
SIGNED = _convolved(SOBEL_X)
"""The chapter's convolution without a border, (4, 4), of both signs."""
EXAMPLE: Array = Relu().value(SIGNED)
"""That after a ReLU."""
BORDERED: Array = Relu().value(_convolved(SOBEL_X, ((1, 1), (1, 1))))
"""The same with a border of zeros, as large as the image, (6, 6)."""
MAPS: Array = Relu().value(
    np.stack([_convolved(kernel) for kernel in (SOBEL_X, -SOBEL_X, sobel("y"), laplacian())])
)
"""The image seen by four filters, (4, 4, 4): darker and brighter to the right, darker below, dark spots."""
POOLED: Array = MaxPool(kernel=(2, 2), stride=(2, 2)).value(MAPS[None])[0]
"""Those maps after a max-pooling, (4, 2, 2)."""
