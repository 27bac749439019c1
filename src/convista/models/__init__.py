"""Convolutional networks, one architecture a file, made by name."""

from convista.models.compact import Compact
from convista.models.lenet import LeNet
from convista.models.mini import Mini
from convista.models.pretrained import load_adapted
from convista.models.registry import ARCHITECTURES, OF_PIXELS, create_model
from convista.models.residual import BasicBlock, Bottleneck
from convista.models.resnet import ResNet, resnet18
from convista.models.unet import UNet
from convista.models.unet_resnet import ResNetUNet
from convista.models.vgg import VGG

__all__ = [
    "ARCHITECTURES",
    "OF_PIXELS",
    "VGG",
    "BasicBlock",
    "Bottleneck",
    "Compact",
    "LeNet",
    "Mini",
    "ResNet",
    "ResNetUNet",
    "UNet",
    "create_model",
    "load_adapted",
    "resnet18",
]
