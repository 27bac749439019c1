"""Written definitions in NumPy: what each operator computes, its gradient, and why one value is what it is."""

from convista.operators import activation
from convista.operators.arithmetic import ADD, DIVIDE, MULTIPLY, NEGATE, POWER, SUBTRACT
from convista.operators.arithmetic_axes import AMAX, MAX, MEAN, SUM
from convista.operators.conv import CONV1D, CONV2D, CONV3D
from convista.operators.conv_transpose import CONV_TRANSPOSE1D, CONV_TRANSPOSE2D, CONV_TRANSPOSE3D
from convista.operators.dense import DENSE, MATMUL
from convista.operators.dropout import DROPOUT, IDENTITY
from convista.operators.explanation import Array, Explanation, Index, Operator, Term
from convista.operators.flatten import EXPAND, FLATTEN_CLASSIC, FLIP, PERMUTE, RESHAPE
from convista.operators.flatten_padding import PAD
from convista.operators.flatten_parts import CONCATENATE, CUT, PASTE, SPLIT, STACK, UNBIND
from convista.operators.flatten_regions import FLATTEN_BLOCKS, FLATTEN_GLOBAL
from convista.operators.loss import CROSS_ENTROPY, NLL
from convista.operators.loss_binary import BINARY_CROSS_ENTROPY, BINARY_CROSS_ENTROPY_LOGITS
from convista.operators.loss_dice import BINARY_DICE, DICE
from convista.operators.loss_focal import BINARY_FOCAL, FOCAL
from convista.operators.loss_regression import HUBER, MAE, MSE, SMOOTH_L1
from convista.operators.norm import BATCH_NORM
from convista.operators.norm_sample import GROUP_NORM, INSTANCE_NORM, LAYER_NORM
from convista.operators.pool import AVERAGE_POOL2D, L2_POOL2D, MAX_POOL2D, MIN_POOL2D, SUM_POOL2D
from convista.operators.pool_mixed import MIXED_POOL2D
from convista.operators.pool_random import FRACTIONAL_MAX_POOL2D, STOCHASTIC_POOL2D
from convista.operators.pool_regions import (
    ADAPTIVE_AVERAGE,
    ADAPTIVE_MAX,
    GLOBAL_AVERAGE,
    GLOBAL_MAX,
    SPATIAL_PYRAMID_POOL2D,
)
from convista.operators.resample import PIXEL_SHUFFLE, RESAMPLE_LINEAR, RESAMPLE_NEAREST
from convista.operators.softmax import LOG_SOFTMAX, SOFTMAX

OPERATORS: dict[str, Operator] = {
    operator.name: operator
    for operator in (
        CONV1D,
        CONV2D,
        CONV3D,
        CONV_TRANSPOSE1D,
        CONV_TRANSPOSE2D,
        CONV_TRANSPOSE3D,
        activation.RELU,
        activation.LEAKY_RELU,
        activation.RELU6,
        activation.SIGMOID,
        activation.TANH,
        activation.ELU,
        activation.SOFTPLUS,
        activation.SILU,
        activation.HARDSWISH,
        activation.MISH,
        activation.GELU,
        activation.GELU_TANH,
        activation.PRELU,
        SOFTMAX,
        LOG_SOFTMAX,
        MAX_POOL2D,
        AVERAGE_POOL2D,
        GLOBAL_AVERAGE,
        GLOBAL_MAX,
        ADAPTIVE_AVERAGE,
        ADAPTIVE_MAX,
        MIN_POOL2D,
        SUM_POOL2D,
        L2_POOL2D,
        MIXED_POOL2D,
        STOCHASTIC_POOL2D,
        FRACTIONAL_MAX_POOL2D,
        SPATIAL_PYRAMID_POOL2D,
        DENSE,
        MATMUL,
        RESHAPE,
        PERMUTE,
        EXPAND,
        FLIP,
        FLATTEN_CLASSIC,
        FLATTEN_GLOBAL,
        FLATTEN_BLOCKS,
        CUT,
        PASTE,
        SPLIT,
        UNBIND,
        CONCATENATE,
        STACK,
        PAD,
        RESAMPLE_NEAREST,
        RESAMPLE_LINEAR,
        PIXEL_SHUFFLE,
        BATCH_NORM,
        LAYER_NORM,
        GROUP_NORM,
        INSTANCE_NORM,
        DROPOUT,
        IDENTITY,
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        NEGATE,
        POWER,
        MEAN,
        SUM,
        AMAX,
        MAX,
        CROSS_ENTROPY,
        NLL,
        BINARY_CROSS_ENTROPY,
        BINARY_CROSS_ENTROPY_LOGITS,
        MSE,
        MAE,
        HUBER,
        SMOOTH_L1,
        FOCAL,
        BINARY_FOCAL,
        DICE,
        BINARY_DICE,
    )
}
"""Every operator with a written definition, by name."""

__all__ = ["OPERATORS", "Array", "Explanation", "Index", "Operator", "Term"]
