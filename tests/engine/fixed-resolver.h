/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* From now on every name has one address of this machine, which may be another one later. Answers are never kept. */
void fixed_resolver_set (const char *address);
