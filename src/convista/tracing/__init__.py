"""Recording a run of any `torch.nn.Module`, and explaining any value of it down to the pixels."""

from convista.tracing.explain import Pixel, TracedExplanation, TracedTerm
from convista.tracing.gradient import Share, TracedGradient, UpstreamTerm
from convista.tracing.receptive_field import ReceptiveField
from convista.tracing.record import Record
from convista.tracing.size import TraceSize
from convista.tracing.trace import Trace
from convista.tracing.tracer import trace, trace_size
from convista.tracing.verification import Check, Verification

__all__ = [
    "Check",
    "Pixel",
    "ReceptiveField",
    "Record",
    "Share",
    "Trace",
    "TraceSize",
    "TracedExplanation",
    "TracedGradient",
    "TracedTerm",
    "UpstreamTerm",
    "Verification",
    "trace",
    "trace_size",
]
