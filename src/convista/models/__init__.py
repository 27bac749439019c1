"""Convolutional networks, one architecture a file, made by name."""

from convista.models.lenet import LeNet
from convista.models.registry import ARCHITECTURES, create_model
from convista.models.resnet import BasicBlock, ResNet, resnet18

__all__ = ["ARCHITECTURES", "BasicBlock", "LeNet", "ResNet", "create_model", "resnet18"]
