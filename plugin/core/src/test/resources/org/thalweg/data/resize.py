"""Images resized by Pillow's bilinear filter, and their grey values: resize.py FILE WIDTH HEIGHT"""

import sys

from PIL import Image

image = Image.open(sys.argv[1]).convert("RGB")
size = int(sys.argv[2]), int(sys.argv[3])
for band in image.split():
    # In single precision, without rounding to bytes.
    print(*band.convert("F").resize(size, Image.BILINEAR).getdata())
print(*image.convert("L").getdata())
