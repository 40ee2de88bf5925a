#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes C of RNNoise's WebAssembly, and leaves its innermost loop to ahoy-denoiser.c.

usage: make-rnnoise.py WASM2C WASM C"""
import subprocess
import sys

# The linear layer, where nine tenths of the time go. The name holds for the one file that fetch-models.py lets pass.
LAYER = "w2c_f51"
PARAMETERS = "(Z_rnn_instance_t*, u32, u32, u32);"


def main():
    wasm2c, wasm, path = sys.argv[1:]
    subprocess.run([wasm2c, wasm, "-n", "rnn", "-o", path], check=True)
    with open(path, encoding="utf-8") as file:
        text = file.read()

    declaration, definition = f"static void {LAYER}{PARAMETERS}", f"static void {LAYER}(Z_rnn_instance_t* instance,"
    if text.count(declaration) != 1 or text.count(definition) != 1:
        sys.exit("wasm2c names the layers of RNNoise in another way than Ahoy knows")
    text = text.replace(declaration, f"void {LAYER}{PARAMETERS}")
    text = text.replace(definition, f"void {LAYER}_plain(Z_rnn_instance_t* instance,")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
