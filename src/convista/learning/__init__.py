"""Learning: from labelled scenes or images to a trained network, its score, and the one file that holds it."""

from convista.learning.data.image_folder import ImageFolder, open_images
from convista.learning.data.scene_samples import blocks_of
from convista.learning.data.sources import lists_in
from convista.learning.fitting import processes
from convista.learning.fitting.recipe import RECIPES, Recipe, recipe_named
from convista.learning.fitting.snapshots import open_snapshots
from convista.learning.fitting.specification import Specification
from convista.learning.progress import Progress, silent
from convista.learning.runs.run import Run, open_run
from convista.learning.scores.assessment import evaluate
from convista.learning.scores.metrics import confusion_matrix, macro_f1, scores
from convista.learning.studies.seeds import Seeds, train_seeds
from convista.learning.tasks.registry import TASKS, task_named
from convista.learning.tasks.task import Task
from convista.learning.training import train

__all__ = [
    "RECIPES",
    "TASKS",
    "ImageFolder",
    "Progress",
    "Recipe",
    "Run",
    "Seeds",
    "Specification",
    "Task",
    "blocks_of",
    "confusion_matrix",
    "evaluate",
    "lists_in",
    "macro_f1",
    "open_images",
    "open_run",
    "open_snapshots",
    "processes",
    "recipe_named",
    "scores",
    "silent",
    "task_named",
    "train",
    "train_seeds",
]
