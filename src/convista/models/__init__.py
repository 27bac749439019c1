"""Convolutional networks, one architecture a file, made by name."""

from convista.models.lenet import LeNet
from convista.models.registry import ARCHITECTURES, OF_PIXELS, create_model
from convista.models.resnet import BasicBlock, ResNet, resnet18
from convista.models.unet import UNet
from convista.models.vgg import VGG

__all__ = [
    "ARCHITECTURES",
    "OF_PIXELS",
    "VGG",
    "BasicBlock",
    "LeNet",
    "ResNet",
    "UNet",
    "create_model",
    "resnet18",
]
