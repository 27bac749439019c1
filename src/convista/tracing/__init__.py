"""Recording a run of any `torch.nn.Module`, and explaining any value of it down to the pixels."""

from convista.tracing.explanation.explain import Pixel, TracedExplanation, TracedTerm
from convista.tracing.explanation.gradient import Share, TracedGradient, UpstreamTerm
from convista.tracing.receptive_field import ReceptiveField
from convista.tracing.recording.record import Record
from convista.tracing.recording.size import TraceSize
from convista.tracing.recording.tracer import trace, trace_size
from convista.tracing.trace import Trace
from convista.tracing.verification.result import Check, Verification

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
