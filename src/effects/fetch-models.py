#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fetches the models that find the person in a picture, and checks that they are the ones Ahoy was tried with.

usage: fetch-models.py FOLDER

They come from the package @mediapipe/selfie_segmentation (Apache-2.0). Nothing is fetched twice."""
import hashlib
import io
import os
import sys
import tarfile
import urllib.request

URL = "https://registry.npmjs.org/@mediapipe/selfie_segmentation/-/selfie_segmentation-0.1.1675465747.tgz"
MODELS = {
    "selfie_segmentation_landscape.tflite": "4aafe6223bb8dac6fac8ca8ed56852870a33051ef3f6238822d282a109962894",
    "selfie_segmentation.tflite": "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27",
}
TIMEOUT_S = 30


def digest(data):
    return hashlib.sha256(data).hexdigest()


def is_there(path, wanted):
    try:
        with open(path, "rb") as file:
            return digest(file.read()) == wanted
    except OSError:
        return False


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    missing = [name for name, wanted in MODELS.items() if not is_there(os.path.join(folder, name), wanted)]
    if not missing:
        return 0

    with urllib.request.urlopen(URL, timeout=TIMEOUT_S) as answer:
        package = tarfile.open(fileobj=io.BytesIO(answer.read()), mode="r:gz")
    for name in missing:
        data = package.extractfile("package/" + name).read()
        if digest(data) != MODELS[name]:
            raise ValueError(f"{name} is not the file that was expected")
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, KeyError, ValueError, tarfile.TarError) as problem:
        sys.exit(f"The models of the virtual background could not be fetched: {problem}")
