/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "ahoy-history.h"

G_BEGIN_DECLS

#define AHOY_TYPE_RECENTS_VIEW (ahoy_recents_view_get_type ())
G_DECLARE_FINAL_TYPE (AhoyRecentsView, ahoy_recents_view, AHOY, RECENTS_VIEW, AdwBin)

/* The recent calls. Signals: "open" (AhoyUser); "removed" (GStrv of call ids, hidden and waiting for Undo). */
GtkWidget *ahoy_recents_view_new         (void);
/* @history: a GListModel, an AhoyHistory where it can be filtered and changed. */
void       ahoy_recents_view_set_history (AhoyRecentsView *self,
                                          AhoyHistory     *history);

G_END_DECLS
