"""Learning: from labelled scenes or images to a trained network, its score, and the one file that holds it."""

from convista.learning import processes
from convista.learning.assessment import evaluate
from convista.learning.data import lists_in
from convista.learning.image_folder import ImageFolder, open_images
from convista.learning.metrics import confusion_matrix, macro_f1, scores
from convista.learning.progress import Progress, silent
from convista.learning.recipe import RECIPES, Recipe, recipe_named
from convista.learning.run import Run, open_run
from convista.learning.scene_samples import blocks_of
from convista.learning.seeds import Seeds, train_seeds
from convista.learning.snapshots import open_snapshots
from convista.learning.tasks import TASKS, Task, task_of
from convista.learning.training import train

__all__ = [
    "RECIPES",
    "TASKS",
    "ImageFolder",
    "Progress",
    "Recipe",
    "Run",
    "Seeds",
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
    "task_of",
    "train",
    "train_seeds",
]
