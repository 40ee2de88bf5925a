/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Included before everything else where RNNoise is compiled: what its runtime calls when the module does what it must
 * not. It does not return. */
void ahoy_denoiser_trap (int code);
